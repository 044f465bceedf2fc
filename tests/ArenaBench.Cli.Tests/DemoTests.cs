using ArenaBench.Testing;

namespace ArenaBench.Cli.Tests;

/// <summary>The first command of the README, in a process of its own as a newcomer runs it: from a folder with blanks in its name, with
/// such a home, and not on a terminal.</summary>
public sealed class DemoTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TempFolder _folder = new("arena demo");

    [Fact]
    public async Task Demo_InAHomeWithBlanks_EndsWithTheTrueOrderAndWhatToDoNext()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await azurite.ConnectionStringOrSkipAsync();
        var home = Directory.CreateDirectory(_folder.File("A User")).FullName;
        // The emulator is not installed anew for each run of the tests.
        var cache = Environment.GetEnvironmentVariable("ARENABENCH_CACHE")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "arenabench");
        await using var demo = ArenaProcess.Start(
            home, new Dictionary<string, string?> { ["HOME"] = home, ["USERPROFILE"] = home, ["ARENABENCH_CACHE"] = cache }, "demo");

        var ended = await demo.EndAsync(cancelled);

        Assert.True(ended.Code == ExitCodes.Ok, ended.Error);
        string[] order = ["sim-strong", "sim-good", "sim-fair", "sim-weak", "sim-poor"];
        var ranked = ended.Out.Split('\n').Take(order.Length + 4).SelectMany(line => order.Where(model => line.Contains(model, StringComparison.Ordinal)));
        Assert.Equal(order, ranked);
        Assert.Contains("by category", ended.Out, StringComparison.Ordinal);
        Assert.Contains(": completed, answers 330/330, games 330/330", ended.Error, StringComparison.Ordinal);
        Assert.Contains("SIMULATED", ended.Error, StringComparison.Ordinal);
        Assert.Contains($"To look at them:  arena serve --state {Path.Combine(".arenabench", "demo")}", ended.Error, StringComparison.Ordinal);
        Assert.Contains("Next, your own models:", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', ended.Out + ended.Error);
        Assert.True(Directory.Exists(Path.Combine(home, ".arenabench", "demo", "azurite")));
    }

    public void Dispose() => _folder.Dispose();
}
