using System.Text.RegularExpressions;
using ArenaBench.Cli.Hosting;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.Cli.Tests;

/// <summary>docs/migration.md: every command of ours in it, run as it stands there, from top to bottom.</summary>
[Collection(HostCollection.Name)]
public sealed partial class MigrationTests(AzuriteFixture azurite) : IAsyncDisposable
{
    private static readonly string[] NeedNoHost = ["convert", "config check"];
    private static readonly string[] Files = ["endpoints.yaml", "exported", "pairwise", "converted", "scores.svg", "battles.jsonl"];

    private readonly TempFolder _folder = new("arena migration");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryCommandOfOurs_Works()
    {
        Environment.SetEnvironmentVariable("AzureWebJobsStorage", await azurite.ConnectionStringOrSkipAsync());
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await File.WriteAllTextAsync(_folder.File("endpoints.yaml"), string.Concat(
            new[] { "sim-strong", "sim-good", "sim-fair", "sim-weak", "sim-judge", "sim-judge-2" }.Select(model => $"{model}: {{endpoints: [{{api_base: '{models.BaseUrl}'}}], parallel: 16}}\n")), Cancelled);
        // The hub of the command line itself, so that "arena serve" finds the host running.
        await using var session = await HostSession.OpenAsync(new HostChoice(null, null, _folder.File("state")), EmbeddedOptions.Default, Cancelled);
        var host = session.Client.Host.ToString();

        var commands = Command().Matches(await File.ReadAllTextAsync(RepoRoot.File("docs", "migration.md"), Cancelled)).Select(match => match.Groups[1].Value).ToList();
        Assert.True(commands.Count >= 30, $"only {commands.Count} commands were found");
        foreach (var command in commands)
        {
            var result = await Arena.RunAsync([.. command.Split(' ').Select(PlaceOf), .. HostOf(command, host)]);
            Assert.True(result.Code == ExitCodes.Ok, $"arena {command}: {result.Code}\n{result.Out}{result.Error}");
            Assert.DoesNotContain("error:", result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(66, File.ReadLines(_folder.File("exported", "model_answer", "sim-good.jsonl")).Count());
        Assert.StartsWith("<?xml", await File.ReadAllTextAsync(_folder.File("scores.svg"), Cancelled), StringComparison.Ordinal);
        // Two judges, two models, three questions, two games.
        Assert.True(File.ReadLines(_folder.File("battles.jsonl")).Distinct().Count() >= 24);
    }

    [Theory]
    [InlineData("gen_api_answer")]
    [InlineData("judge.py")]
    [InlineData("python show_result.py")]
    [InlineData("qa_broswer.py")]
    [InlineData("download_mt_bench_pregenerated.py")]
    [InlineData("gen_model_answer.py")]
    [InlineData("gen_judgment.py --model-list")]
    [InlineData("--mode pairwise-baseline")]
    [InlineData("--mode pairwise-all")]
    [InlineData("qa_browser.py")]
    [InlineData("python gen_answer.py")]
    [InlineData("python gen_judgment.py")]
    [InlineData("add_markdown_info.py")]
    public void EveryCommandOfTheirs_HasItsLine(string command) => Assert.Contains(
        File.ReadLines(RepoRoot.File("docs", "migration.md")), line => line.StartsWith('|') && line.Contains(command, StringComparison.Ordinal));

    private string PlaceOf(string word) => Files.Contains(word) ? _folder.File(word)
        : word.StartsWith("data/", StringComparison.Ordinal) ? RepoRoot.File(word.Split('/'))
        : word;

    private static string[] HostOf(string command, string host) =>
        command == "serve" || command.Contains("--data", StringComparison.Ordinal) || NeedNoHost.Any(start => command.StartsWith(start, StringComparison.Ordinal)) ? [] : ["--host", host];

    [GeneratedRegex("`arena ([a-z][^`]*)`")]
    private static partial Regex Command();

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
