using System.Collections.Concurrent;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Testing;
using Azure.Core;

namespace ArenaBench.Core.Tests.Storage;

public sealed class StoredBenchmarkTests(AzuriteFixture azurite) : StorageTest(azurite)
{
    [Fact]
    public async Task StoredBenchmark_IsReadWithEachFileAskedForOnce_AndIsTheSame()
    {
        await SmallBenchmark.SetUpAsync(await OpenAsync(), new Uri("http://127.0.0.1:9/v1"), 5, 4, Cancelled);
        var plain = await BenchmarkReader.ReadAsync((await OpenAsync()).Files, "small", cancellationToken: Cancelled);
        var read = new ConcurrentBag<string>();
        var store = await OpenAsync(new FaultPolicy((_, request) =>
        {
            if (request.Method == RequestMethod.Get)
                read.Add(request.Uri.ToUri().PathAndQuery);
            return Fault.None;
        }));

        var found = await new BenchmarkCatalog(store).FindAsync("small", Cancelled);

        Assert.Equal(read.Distinct().Count(), read.Count);
        Assert.Contains(read, path => path.EndsWith("/small/question.jsonl", StringComparison.Ordinal));
        Assert.Equal(plain.Questions.Select(question => question.Source.GetRawText()), found!.Questions.Select(question => question.Source.GetRawText()));
        Assert.Equal((plain.Judging.Mode, plain.Judging.SystemPrompt, plain.Generation.MaxTokens), (found.Judging.Mode, found.Judging.SystemPrompt, found.Generation.MaxTokens));
    }

    [Fact]
    public async Task BenchmarkThatIsNotThere_IsNotFound() =>
        Assert.Null(await new BenchmarkCatalog(await OpenAsync()).FindAsync("small", Cancelled));
}
