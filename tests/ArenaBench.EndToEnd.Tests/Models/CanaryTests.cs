using System.Text;
using ArenaBench.Testing.Replay;
using ArenaBench.Testing;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ArenaBench.EndToEnd.Tests.Models;

/// <summary>A run of a host of its own in which every endpoint repeats the key it was sent, each in another way. Then everything that is left
/// is searched for that key.</summary>
public sealed class CanaryTests(AzuriteFixture azurite)
{
    private const string Spec = "id: canary\nbenchmark: small\nmodels: [in-401, in-400, in-429, in-500, in-page, in-redirect, in-answer, in-thought, in-judgment]\n";

    // With letters that JSON likes to escape.
    private static readonly string Key = $"sk-canary+{Guid.NewGuid():N}/=";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_IsInNothingThatAFaultyRunLeavesBehind()
    {
        var storage = await azurite.ConnectionStringOrSkipAsync();
        await using var echo = await EchoEndpoint.StartAsync(Cancelled);
        var container = AzuriteFixture.NewContainerName("canary");
        var store = SmallBenchmark.Open(storage, container);
        await SmallBenchmark.SetUpAsync(store, echo.BaseUrl, questions: 4, parallel: 2, Cancelled);
        await using var host = await HostProcess.StartAsync(storage, container, Cancelled, new Dictionary<string, string>
        {
            ["CANARY_KEY"] = Key,
            ["Logging__LogLevel__Default"] = "Trace",
            ["Logging__LogLevel__Microsoft"] = "Trace",
            ["Logging__LogLevel__System"] = "Trace",
        });
        var said = new List<string>();
        said.Add(await SendAsync(host.Http.PutAsync("api/config/endpoints.yaml", new StringContent(Endpoints(echo.BaseUrl)), Cancelled)));
        // What holds the key itself is refused, and not repeated either.
        said.Add(await SendAsync(host.Http.PutAsync("api/config/wrong.yaml", new StringContent($"m: {{endpoints: [{{api_base: 'http://h/v1', api_key: '{Key}'}}]}}\n"), Cancelled)));
        said.Add(await SendAsync(host.Http.PutAsync("api/config/wrong.yaml", new StringContent($"m: {{endpoints: [{{api_base: 'http://u:{Key}@h/v1'}}]}}\n"), Cancelled)));
        said.Add(await SendAsync(host.Http.PostRunAsync($"benchmark: small\nmodels: [in-answer]\napi_key: {Key}\n", Cancelled)));

        said.Add((await host.Http.RunToEndAsync(Spec, Cancelled)).ToString());

        foreach (var path in new[]
        {
            "api/runs", "api/runs/canary", "api/runs/canary/leaderboard", "api/runs/canary/leaderboard?format=csv", "api/config/endpoints.yaml", "api/config",
            "api/benchmarks/small", "runtime/webhooks/durabletask/instances?showInput=true", "runtime/webhooks/durabletask/instances/canary?showHistory=true&showHistoryOutput=true",
            "runtime/webhooks/durabletask/instances/canary:m00:s000?showHistory=true&showHistoryOutput=true&showInput=true",
        })
            said.Add(await SendAsync(host.Http.GetAsync(path, Cancelled)));
        said.AddRange(host.Output);
        said.AddRange(await BlobsAsync(storage, container));

        Assert.True(echo.KeysSeen.All(key => key == Key) && echo.KeysSeen.Count >= 9 * 2, "the endpoints were not sent the key");
        Assert.Contains(said, text => text.Contains("key_refused", StringComparison.Ordinal) && text.Contains("***", StringComparison.Ordinal));
        Assert.Contains(said, text => text.Contains("Your key is ***.", StringComparison.Ordinal));
        var bare = Key["sk-canary+".Length..^2];
        Assert.All(said, text =>
        {
            var at = text.IndexOf(bare, StringComparison.OrdinalIgnoreCase);
            Assert.True(at < 0, at < 0 ? "" : $"{text[..Math.Min(100, text.Length)]} … {text[Math.Max(0, at - 100)..at]}");
        });
    }

    private static string Endpoints(Uri address) => string.Concat(EchoEndpoint.Ways.Append("sim-judge").Select(name =>
        $"{name}: {{endpoints: [{{api_base: '{address}', api_key: '${{CANARY_KEY}}'}}], parallel: 2}}\n"));

    private static async Task<string> SendAsync(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        return $"{response.StatusCode} {response.Headers} {await response.Content.ReadAsStringAsync(Cancelled)}";
    }

    /// <summary>Name, metadata and content of every blob of the run's container and of its hub's.</summary>
    private static async Task<List<string>> BlobsAsync(string storage, string container)
    {
        var found = new List<string>();
        var account = new BlobServiceClient(storage);
        var hub = HostProcess.HubName(container).ToLowerInvariant();
        await foreach (var each in account.GetBlobContainersAsync(cancellationToken: Cancelled))
        {
            if (each.Name != container && !each.Name.Contains(hub, StringComparison.OrdinalIgnoreCase))
                continue;
            var opened = account.GetBlobContainerClient(each.Name);
            await foreach (var blob in opened.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, null, Cancelled))
            {
                var content = await opened.GetBlobClient(blob.Name).DownloadContentAsync(Cancelled);
                var bytes = content.Value.Content.ToArray();
                found.Add($"{each.Name}/{blob.Name} {string.Join(' ', blob.Metadata)} {Encoding.UTF8.GetString(Unpacked(bytes))}");
            }
        }

        Assert.Contains(found, text => text.StartsWith($"{container}/runs/canary/manifest.json", StringComparison.Ordinal));
        Assert.Contains(found, text => !text.StartsWith($"{container}/", StringComparison.Ordinal));
        return found;
    }

    private static byte[] Unpacked(byte[] content)
    {
        if (content is not [0x1f, 0x8b, ..])
            return content;
        using var packed = new System.IO.Compression.GZipStream(new MemoryStream(content), System.IO.Compression.CompressionMode.Decompress);
        using var plain = new MemoryStream();
        packed.CopyTo(plain);
        return plain.ToArray();
    }
}
