using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>A run with nothing but curl: as somebody who follows the links, and as the README prints it.</summary>
public sealed partial class CurlTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_FollowLocation_Leaderboard()
    {
        await SkipWithoutAsync("curl");
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions { Latency = SimulatedLatency.Fixed(TimeSpan.FromMilliseconds(100)) }, Cancelled);
        await using var app = await StartAsync();
        await SmallBenchmark.SetUpAsync(app.Store, models.BaseUrl, questions: 24, parallel: 2, Cancelled);

        var started = await CurlAsync("-si", $"{app.BaseUrl}api/runs", "-d", """{"id": "curled", "benchmark": "small", "models": ["sim-good"], "judges": ["sim-judge"]}""");

        Assert.StartsWith("HTTP/1.1 202", started, StringComparison.Ordinal);
        var location = Location().Match(started).Groups[1].Value;
        var phases = new List<string?>();
        JsonElement status;
        while (true)
        {
            var answer = await CurlAsync("-s", "-w", "\n%{http_code}", location);
            var end = answer.LastIndexOf('\n');
            status = JsonDocument.Parse(answer[..end]).RootElement;
            if (status.GetProperty("customStatus") is { ValueKind: JsonValueKind.Object } progress)
                phases.Add(progress.EnumerateObject().First(field => field.Name.Equals("phase", StringComparison.OrdinalIgnoreCase)).Value.GetString());
            if (answer[(end + 1)..] == "200")
                break;
            Assert.Equal("202", answer[(end + 1)..]);
            await Task.Delay(20, Cancelled);
        }

        Assert.Equal("Completed", status.GetProperty("runtimeStatus").GetString());
        Assert.Equal("completed", phases[^1], ignoreCase: true);
        Assert.Contains(phases, phase => string.Equals(phase, "working", StringComparison.OrdinalIgnoreCase));
        var board = JsonDocument.Parse(await CurlAsync("-s", $"{app.BaseUrl}api/runs/curled/leaderboard")).RootElement;
        Assert.Equal(24, board.GetProperty("single").GetProperty("rows")[0].GetProperty("ratings").GetProperty("scored").GetInt32());
    }

    [Fact]
    public async Task ReadmesWalkThrough_WorksAsPrinted()
    {
        await SkipWithoutAsync("bash", "curl", "tar");
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await using var app = await StartAsync();
        Environment.SetEnvironmentVariable("ARENABENCH_SIMULATED_URL", models.BaseUrl.ToString());
        var script = Block().Match(await File.ReadAllTextAsync(RepoRoot.File("README.md"), Cancelled)).Groups[1].Value;
        Assert.Contains("H=http://127.0.0.1:7071\n", script, StringComparison.Ordinal);

        var said = await RunAsync("bash", RepoRoot.Path, "-eu", "-c", script.Replace("http://127.0.0.1:7071", app.BaseUrl.ToString().TrimEnd('/'), StringComparison.Ordinal));

        Assert.Contains("HTTP/1.1 202", said, StringComparison.Ordinal);
        Assert.DoesNotContain("problem+json", said, StringComparison.Ordinal);
        Assert.Matches("model,rank,mean,[^\n]*\nsim-good,1,", said);
    }

    private async Task<EmbeddedApp> StartAsync() =>
        await EmbeddedApp.StartAsync(await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("curl"), Cancelled);

    private static Task<string> CurlAsync(params string[] args) => RunAsync("curl", RepoRoot.Path, args);

    private static async Task<string> RunAsync(string program, string folder, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder })!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        await using var ended = patience.Token.Register(() => process.Kill(entireProcessTree: true));
        var said = process.StandardOutput.ReadToEndAsync(Cancelled);
        var wrong = await process.StandardError.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        Assert.True(process.ExitCode == 0, $"{program}: exit code {process.ExitCode}\n{await said}{wrong}");
        return await said;
    }

    private static async Task SkipWithoutAsync(params string[] programs)
    {
        foreach (var program in programs)
        {
            try
            {
                await RunAsync(program, RepoRoot.Path, "--version");
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Assert.Skip($"{program} is not installed here.");
            }
        }
    }

    [GeneratedRegex("(?mi)^location: (\\S+)")]
    private static partial Regex Location();

    [GeneratedRegex("## With curl\n.*?```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
