using System.Text;
using System.Text.Json;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;
using ArenaBench.Testing;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;

namespace ArenaBench.Core.Tests.Storage;

/// <summary>A container of its own on real blob storage, opened by as many stores as a test has hosts.</summary>
public abstract class StorageTest(AzuriteFixture azurite)
{
    private string _name = AzuriteFixture.NewContainerName();

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected void NewContainer() => _name = AzuriteFixture.NewContainerName();

    /// <param name="retries">Of the SDK; none shows the store every fault.</param>
    protected async Task<ArenaContainer> OpenAsync(FaultPolicy? faults = null, PartsOptions? parts = null, int retries = 0, TimeProvider? time = null) =>
        new(await AccountAsync(faults, retries), parts, time, name: _name);

    protected async Task<BlobContainerClient> ContainerAsync() => (await AccountAsync(null, 3)).GetBlobContainerClient(_name);

    protected async Task<string> RawAsync(string path)
    {
        var blob = (await ContainerAsync()).GetBlobClient(path);
        return await blob.ExistsAsync(Cancelled) ? (await blob.DownloadContentAsync(Cancelled)).Value.Content.ToString() : "";
    }

    /// <summary>Writes past the store, as a broken tool or a hand would.</summary>
    protected async Task AppendRawAsync(string path, string text)
    {
        var container = await ContainerAsync();
        await container.CreateIfNotExistsAsync(cancellationToken: Cancelled);
        var blob = container.GetAppendBlobClient(path);
        await blob.CreateIfNotExistsAsync(cancellationToken: Cancelled);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await blob.AppendBlockAsync(content, cancellationToken: Cancelled);
    }

    protected static RecordEnvelope Ok(string question, string text = "fine", string model = "m") =>
        new(1, RecordKey.ForAnswer(question, model), RecordStatus.Ok, null, 1, new TokenUsage(3, 4), 5, "f", "v",
            JsonSerializer.SerializeToElement(new { question_id = question, text }));

    protected static RecordEnvelope Failed(string question, string reason = "no answer", string model = "m") =>
        new(1, RecordKey.ForAnswer(question, model), RecordStatus.Timeout, reason, 3, null, null, "f", null, null);

    protected static string? TextOf(RecordEnvelope? line) => line?.Record?.GetProperty("text").GetString();

    protected static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items.WithCancellation(Cancelled))
            list.Add(item);
        return list;
    }

    private async Task<BlobServiceClient> AccountAsync(FaultPolicy? faults, int retries)
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = retries, Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) } };
        if (faults is not null)
            options.AddPolicy(faults, HttpPipelinePosition.PerRetry);
        return new BlobServiceClient(await azurite.ConnectionStringOrSkipAsync(), options);
    }
}
