using System.Text.Json;
using ArenaBench.Core.Storage;
using ArenaBench.Testing;
using Azure;

namespace ArenaBench.Core.Tests.Storage;

/// <summary>Hosts that write the same files at the same time, each against the ETag that it has read: nobody's write is lost.</summary>
public sealed class ConcurrentWritersTests(AzuriteFixture azurite) : StorageTest(azurite)
{
    private const int Writers = 12;

    [Fact]
    public async Task PublishersOfOneFile_KeepEachOthersLines_AndFingerprints()
    {
        var file = CanonicalFile.Answers("bench", "model");
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            var store = await OpenAsync(retries: 3);
            await store.Canonical.PublishAsync(file, [.. Enumerable.Range(0, 5).Select(line => Line($"q{writer:00}-{line}", $"by {writer}", $"f{writer}"))], Cancelled);
        }));

        var read = await (await OpenAsync()).Canonical.ReadAsync(file, Cancelled);

        Assert.Equal(Writers * 5, read.Lines.Count);
        Assert.All(read.Lines.Values, line => Assert.Equal($"f{int.Parse(line.QuestionId[1..3])}", line.Fingerprint));
        Assert.Empty(read.Damaged);
    }

    [Fact]
    public async Task PublishersOfOneQuestion_OneStands_WithItsOwnFingerprint()
    {
        var file = CanonicalFile.Judgments("bench", "judge", "model");
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
            await (await OpenAsync(retries: 3)).Canonical.PublishAsync(file, [Line("q", $"by {writer}", $"f{writer}")], Cancelled)));

        var line = Assert.Single((await (await OpenAsync()).Canonical.ReadAsync(file, Cancelled)).Lines.Values);

        // Its mark may have been dropped by many others, never taken for another's.
        var by = line.Record.GetProperty("text").GetString()!["by ".Length..];
        Assert.True(line.Fingerprint is null || line.Fingerprint == $"f{by}", $"{line.Fingerprint} on the line by {by}");
    }

    [Fact]
    public async Task RunsThatClaimTheSame_OneHoldsIt_AndOneTakesItOver()
    {
        var runs = Enumerable.Range(0, Writers).Select(number => $"run{number}").ToArray();
        var holders = await Task.WhenAll(runs.Select(async run => await (await OpenAsync(retries: 3)).Claims.TryClaimAsync("c", run, Cancelled)));
        var first = runs[Array.IndexOf(holders, null)];
        Assert.Equal(1, holders.Count(holder => holder is null));
        Assert.All(holders.OfType<string>(), holder => Assert.Equal(first, holder));

        var others = runs.Where(run => run != first).ToArray();
        await Task.WhenAll(others.Select(async run => await (await OpenAsync(retries: 3)).Claims.TakeOverAsync("c", first, run, Cancelled)));

        var now = await Task.WhenAll(others.Select(async run => await (await OpenAsync(retries: 3)).Claims.TryClaimAsync("c", run, Cancelled)));
        Assert.Equal(1, now.Count(holder => holder is null));
    }

    [Fact]
    public async Task WriterWithAnOldETag_ChangesNothing_AndIsToldSo()
    {
        var (here, there) = (await OpenAsync(), await OpenAsync());
        Assert.NotNull(await here.Files.WriteAsync("config/x.yaml", BinaryData.FromString("a: 1"), ETag.All, Cancelled));
        var read = (await here.Files.ReadAsync("config/x.yaml", Cancelled))!;
        Assert.NotNull(await there.Files.WriteAsync("config/x.yaml", BinaryData.FromString("a: 2"), read.ETag, Cancelled));

        Assert.Null(await here.Files.WriteAsync("config/x.yaml", BinaryData.FromString("a: 3"), read.ETag, Cancelled));
        Assert.Null(await here.Files.WriteAsync("config/x.yaml", BinaryData.FromString("a: 4"), ETag.All, Cancelled));

        Assert.Equal("a: 2", await RawAsync("config/x.yaml"));
        // A request that was repeated after its answer was lost finds its own write.
        Assert.NotNull(await there.Files.WriteAsync("config/x.yaml", BinaryData.FromString("a: 2"), read.ETag, Cancelled));
    }

    private static CanonicalLine Line(string question, string text, string fingerprint) =>
        new(question, JsonSerializer.SerializeToElement(new { question_id = question, text }), fingerprint);
}
