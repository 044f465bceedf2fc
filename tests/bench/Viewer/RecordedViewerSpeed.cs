using ArenaBench.Azurite;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Models;
using ArenaBench.Core.Storage;
using ArenaBench.Simulation;
using ArenaBench.Testing;
using Azure.Storage.Blobs;

namespace ArenaBench.Bench.Viewer;

/// <summary>The viewer on the published records of arena-bench-v1: real texts, seven models on 300 questions.</summary>
public sealed class RecordedViewerSpeed : IBenchmark
{
    private const string Run = "recorded";
    private const string Questions = $"api/view/runs/{Run}/questions";

    public string Name => "viewer-recorded";

    public string Description => "pages and filters on the recorded run of arena-bench-v1, 7 models on 300 questions; needs the published data";

    public async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellationToken)
    {
        if (PublishedData.FindV1() is not { } data)
        {
            Console.WriteLine("  skipped: the published data are not here");
            return [];
        }

        using var folder = new TempFolder("bench-viewer");
        await using var azurite = await AzuriteLauncher.StartAsync(new AzuriteOptions { DataFolder = folder.Path, Port = 0 }, cancellationToken);
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), cancellationToken);
        var name = AzuriteFixture.NewContainerName("bench");
        var store = new ArenaContainer(new BlobServiceClient(azurite.ConnectionString), name: name);
        var place = BenchmarkFolder.Open(data);
        var import = await BenchmarkImport.ReadAsync(place.Tree, place.Name, place.Prefix, cancellationToken: cancellationToken);
        await new BenchmarkImporter(store).WriteAsync(import, cancellationToken);
        await store.Files.WriteAsync(
            EndpointsCatalog.Folder + EndpointsCatalog.DefaultFile,
            BinaryData.FromString($"gpt-4:\n  model: sim-judge\n  endpoints: [{{api_base: \"{models.BaseUrl}\"}}]\n  parallel: 8\n"), null, cancellationToken);
        await ViewedRun.JudgeAsync(azurite.ConnectionString, name, Run, place.Name, cancellationToken);
        return await ViewedRun.LookAsync(azurite.ConnectionString, name, MeasureAsync, cancellationToken);
    }

    private static async Task<IReadOnlyList<Measurement>> MeasureAsync(HttpClient http, CancellationToken cancellationToken)
    {
        await http.GetStringAsync("api/view", cancellationToken);
        var cold = await ViewedRun.TimeAsync(http, Questions, cancellationToken);
        await ViewedRun.TimeAsync(http, Questions + "?status=unscored", cancellationToken);
        var slowest = 0.0;
        foreach (var filter in new[] { "min=9", "max=3", "status=unscored", "q=python", "q=%5Cbsql%5Cb&regex=1", "better=claude-1&than=gpt-4-0314", "model=gpt-3.5-turbo&min=5&max=7" })
            slowest = Math.Max(slowest, await ViewedRun.MedianAsync(http, $"{Questions}?{filter}", cancellationToken));
        var heaviest = 0L;
        foreach (var address in new[] { "api/view", $"api/view/runs/{Run}/leaderboard", Questions, Questions + "/5" })
            heaviest = Math.Max(heaviest, await ViewedRun.WeightAsync(http, address, cancellationToken));
        var paint = await ViewedRun.FirstPaintAsync(http.BaseAddress!, Run);
        return
        [
            new("list of answers, first time after a start", cold, "s", 1.0),
            new("slowest of seven filters, median of 5", slowest, "s", 0.2),
            new("heaviest of four pages, scripts and styles included, compressed", heaviest / 1000.0, "KB", 500),
            .. paint is { } seconds ? [new Measurement("first contentful paint in Chromium, slowest of four pages", seconds, "s", 1.0)] : Array.Empty<Measurement>(),
        ];
    }
}
