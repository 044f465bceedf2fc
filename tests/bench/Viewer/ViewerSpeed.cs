using System.Diagnostics;
using ArenaBench.Azurite;
using ArenaBench.Core.Storage;
using ArenaBench.Simulation;
using ArenaBench.Testing;
using Azure.Storage.Blobs;

namespace ArenaBench.Bench.Viewer;

/// <summary>The viewer on a run of 30 models × 1,000 questions, two games each: what a reader waits for. With Chromium the first paint
/// is measured too; without it the time of the server's answer.</summary>
public sealed class ViewerSpeed : IBenchmark
{
    private const int Models = 30;
    private const int Questions = 1000;

    public string Name => "viewer";

    public string Description => $"pages and filters on a pairwise run of {Models} models, {Questions:N0} questions, two games each";

    public async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("bench-viewer");
        await using var azurite = await AzuriteLauncher.StartAsync(new AzuriteOptions { DataFolder = folder.Path, Port = 0 }, cancellationToken);
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), cancellationToken);
        var name = AzuriteFixture.NewContainerName("bench");
        await WideBenchmark.SetUpAsync(
            new ArenaContainer(new BlobServiceClient(azurite.ConnectionString), name: name), models.BaseUrl, Models, Questions, cancellationToken);
        await ViewedRun.JudgeAsync(azurite.ConnectionString, name, "wide", WideBenchmark.Name, cancellationToken);
        return await ViewedRun.LookAsync(azurite.ConnectionString, name, MeasureAsync, cancellationToken);
    }

    private static async Task<IReadOnlyList<Measurement>> MeasureAsync(HttpClient http, CancellationToken cancellationToken)
    {
        await http.GetStringAsync("api/view", cancellationToken);
        var cold = await ViewedRun.TimeAsync(http, "api/view/runs/wide/questions", cancellationToken);
        await ViewedRun.TimeAsync(http, "api/view/runs/wide/questions?verdict=win", cancellationToken);
        string[] filters =
        [
            "verdict=games_disagree", "q=number+77", "q=number+%5B1-3%5D7&regex=1", "model=model-07&verdict=loss", "category=even", "better=model-03&than=model-04", "page=400",
        ];
        var slowest = 0.0;
        foreach (var filter in filters)
            slowest = Math.Max(slowest, await ViewedRun.MedianAsync(http, "api/view/runs/wide/questions?" + filter, cancellationToken));
        var board = await ViewedRun.TimeAsync(http, "api/view/runs/wide/leaderboard", cancellationToken);
        await ViewedRun.TimeAsync(http, "api/view/runs/wide/leaderboard?style=both&rounds=100", cancellationToken);
        var switched = await ViewedRun.TimeAsync(http, "api/view/runs/wide/leaderboard?style=length&rounds=100", cancellationToken);
        var compare = await ViewedRun.MedianAsync(http, "api/view/runs/wide/compare", cancellationToken);
        var paint = await ViewedRun.FirstPaintAsync(http.BaseAddress!, "wide");
        var (pagesASecond, grown) = await ShareAsync(http, cancellationToken);
        return
        [
            new("list of answers, first time after a start", cold, "s", 1.0),
            new("slowest of seven filters, median of 5", slowest, "s", 0.2),
            new("leaderboard as the run made it", board, "s", 1.0),
            new("leaderboard switched to style control, 100 rounds", switched, "s"),
            new("two models compared, median of 5", compare, "s", 0.2),
            new("all pages as files", pagesASecond, "pages/s"),
            new("memory that this takes beside", grown, "MB", 300),
            .. paint is { } seconds ? [new Measurement("first contentful paint in Chromium, slowest of four pages", seconds, "s", 1.0)] : Array.Empty<Measurement>(),
        ];
    }

    /// <summary>Memory is what is alive, looked at ten times a second: a collection each time would be what is measured.</summary>
    private static async Task<(double PagesASecond, double Megabytes)> ShareAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var highest = 0L;
        var clock = Stopwatch.StartNew();
        var sharing = http.GetAsync("api/runs/wide/site", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        while (await Task.WhenAny(sharing, Task.Delay(100, cancellationToken)) != sharing)
            highest = Math.Max(highest, GC.GetGCMemoryInfo().HeapSizeBytes);
        using var shared = await sharing;
        shared.EnsureSuccessStatusCode();
        return (Models * Questions / clock.Elapsed.TotalSeconds, Math.Max(0, highest - before) / 1e6);
    }
}
