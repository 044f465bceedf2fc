using System.Text.Json;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>arena-mini-pairwise as it ships, with the simulated models, through the whole workflow.</summary>
public sealed class PairwiseRunTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Twice_GivesTheSameBytesAndTheTrueOrder()
    {
        var first = await RunAsync("id: first\n");
        // Another id, other lanes and other shards: none of it may show.
        var second = await RunAsync("id: second\nparallel: 3\n");

        Assert.Equal(first.Keys, second.Keys);
        Assert.All(first, file => Assert.Equal(file.Value, second[file.Key]));
        var rows = JsonDocument.Parse(first["leaderboard.json"]).RootElement.GetProperty("pairwise").GetProperty("rows").EnumerateArray();
        Assert.Equal(["sim-strong", "sim-good", "sim-fair", "sim-weak", "sim-poor"], rows.Select(row => row.GetProperty("model").GetString()));
    }

    /// <returns>What a run's records alone decide.</returns>
    private async Task<Dictionary<string, string>> RunAsync(string run)
    {
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await using var app = await EmbeddedApp.StartAsync(await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("pairwise"), Cancelled);
        await app.ImportAsync(RepoRoot.File("data", "arena-mini-pairwise"), Cancelled);
        var endpoints = await File.ReadAllTextAsync(RepoRoot.File("data", "endpoints.simulated.yaml"), Cancelled);
        await app.PutEndpointsAsync(endpoints.Replace("${ARENABENCH_SIMULATED_URL:-http://127.0.0.1:8089/v1}", models.BaseUrl.ToString(), StringComparison.Ordinal), Cancelled);
        var spec = run + await File.ReadAllTextAsync(RepoRoot.File("data", "runs", "arena-mini-pairwise.yaml"), Cancelled);

        var ended = await app.Http.RunToEndAsync(spec, Cancelled);

        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
        var id = run.Split('\n')[0]["id: ".Length..];
        var files = new Dictionary<string, string>();
        foreach (var name in new[] { "leaderboard.json", "leaderboard.csv", "battles.jsonl" })
            files[name] = (await app.Store.Files.ReadAsync($"runs/{id}/{name}", Cancelled))?.Content.ToString() ?? throw new InvalidOperationException($"{name} was not written");
        await foreach (var path in app.Store.Files.ListAsync("arena-mini-pairwise/model_judgment/", Cancelled))
            files[path] = (await app.Store.Files.ReadAsync(path, Cancelled))!.Content.ToString();
        Assert.True(files.Count >= 3 + (2 * 4), string.Join(", ", files.Keys));
        return files;
    }
}
