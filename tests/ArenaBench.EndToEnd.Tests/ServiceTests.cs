using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>What a caller sees, by HTTP alone: against the host that ARENABENCH_URL names (with ARENABENCH_KEY where it wants a key; it
/// must reach models on this machine), else against the local host.</summary>
public sealed class ServiceTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly string Suffix = Guid.NewGuid().ToString("n")[..8];

    private readonly string _bench = $"mini-{Suffix}";
    private EmbeddedApp? _app;
    private SimulatedEndpoint? _models;
    private HttpClient? _http;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private HttpClient Http => _http!;

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("ARENABENCH_URL") is { Length: > 0 } url)
        {
            _http = new HttpClient { BaseAddress = new Uri(url.TrimEnd('/') + "/") };
            if (Environment.GetEnvironmentVariable("ARENABENCH_KEY") is { Length: > 0 } key)
                _http.DefaultRequestHeaders.Add("x-functions-key", key);
        }
        else
        {
            _app = await EmbeddedApp.StartAsync(await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("service"), Cancelled);
            _http = _app.Http;
        }

        _models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        if (_models is not null)
            await _models.DisposeAsync();
        if (_app is not null)
            await _app.DisposeAsync();
        else
            _http?.Dispose();
    }

    [Fact]
    public async Task Service_TakesABenchmarkRunsItShowsItAndForgetsIt()
    {
        using var live = await Http.GetAsync("api/health/live", Cancelled);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal("1", Assert.Single(live.Headers.GetValues("ArenaBench-Api-Version")));
        Assert.Equal("nosniff", Assert.Single(live.Headers.GetValues("X-Content-Type-Options")));
        using var ready = await Http.GetAsync("api/health/ready", Cancelled);
        Assert.True(ready.StatusCode == HttpStatusCode.OK, await ready.Content.ReadAsStringAsync(Cancelled));

        using var stored = await Http.PutAsync($"api/benchmarks/{_bench}", new ByteArrayContent(Archive()), Cancelled);
        Assert.True(stored.IsSuccessStatusCode, await stored.Content.ReadAsStringAsync(Cancelled));
        var endpoints = string.Concat(new[] { "sim-good", "sim-poor", "sim-judge" }.Select(model => $"{model}: {{endpoints: [{{api_base: '{_models!.BaseUrl}'}}], parallel: 4}}\n"));
        using var config = await Http.PutAsync($"api/config/{_bench}.yaml", new StringContent(endpoints), Cancelled);
        Assert.True(config.IsSuccessStatusCode, await config.Content.ReadAsStringAsync(Cancelled));

        var run = $"run-{Suffix}";
        var spec = $"id: {run}\nbenchmark: {_bench}\nmodels: [sim-good, sim-poor]\njudges: [sim-judge]\nendpoints: {_bench}.yaml\nquestions: {{end: 3}}\n";
        var ended = await Http.RunToEndAsync(spec, Cancelled);
        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());

        var leaderboard = await Http.GetFromJsonAsync<JsonElement>($"api/runs/{run}/leaderboard", Cancelled);
        var rows = leaderboard.GetProperty("single").GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(["sim-good", "sim-poor"], rows.Select(row => row.GetProperty("model").GetString()).Order(StringComparer.Ordinal));
        Assert.StartsWith("model,rank,", await Http.GetStringAsync($"api/runs/{run}/leaderboard?format=csv", Cancelled), StringComparison.Ordinal);
        foreach (var page in new[] { "api/view", $"api/view/runs/{run}", $"api/view/runs/{run}/leaderboard", $"api/view/runs/{run}/questions", $"api/view/runs/{run}/questions/0" })
            Assert.Contains("<html", await Http.GetStringAsync(page, Cancelled), StringComparison.Ordinal);

        using var again = await Http.PostRunAsync(spec, Cancelled);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        using var wrong = await Http.PostRunAsync($"benchmark: {_bench}\nmodels: [no-such-model]\nendpoints: {_bench}.yaml\n", Cancelled);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal("application/problem+json", wrong.Content.Headers.ContentType!.MediaType);
        using var large = await Http.PostRunAsync("benchmark: x #" + new string('x', 1 << 20), Cancelled);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);

        using var deleted = await Http.DeleteAsync($"api/benchmarks/{_bench}", Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var gone = await Http.GetAsync($"api/benchmarks/{_bench}", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private byte[] Archive()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var folder = RepoRoot.File("data", "arena-mini");
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                // Under a name of its own: the service may have others' benchmarks.
                using var entry = new StreamWriter(zip.CreateEntry(Path.GetRelativePath(folder, file).Replace('\\', '/')).Open());
                entry.Write(File.ReadAllText(file).Replace("\nname: arena-mini\n", $"\nname: {_bench}\n", StringComparison.Ordinal));
            }
        }

        return bytes.ToArray();
    }
}
