using System.Text.Json;
using System.Text.RegularExpressions;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.Cli.Tests;

/// <summary>Ctrl-C, as the operating system sends it: a run is never lost by it, and what continues is printed as it can be typed.</summary>
public sealed partial class InterruptTests(AzuriteFixture azurite) : IAsyncDisposable
{
    private const int Questions = 24;
    private static readonly Dictionary<string, string?> Plain = [];

    // A blank, as in many people's home.
    private readonly TempFolder _folder = new("arena interrupt");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OnAHostOfItsOwn_StopsCleanly_AndThePrintedCommandContinuesIt()
    {
        await SkipWhereItCannotBeSentAsync();
        await using var models = await StartModelsAsync();
        await using var run = ArenaProcess.Start(_folder.Path, Plain, "run", SpecFor("stopped"), "--state", "my state");
        await WaitForCallsAsync(models, 8);

        run.Interrupt();
        var stopped = await run.EndAsync(Cancelled);

        Assert.Equal(ExitCodes.Interrupted, stopped.Code);
        Assert.Empty(stopped.Out);
        var command = Assert.Single(Printed().Matches(stopped.Error)).Groups["command"].Value;
        Assert.Equal("follow stopped --state \"my state\"", command);
        Assert.InRange(models.Counters.Calls, 8, 2 * Questions - 1);

        await using var follow = ArenaProcess.Start(_folder.Path, Plain, WordsOf(command));
        var followed = await follow.EndAsync(Cancelled);

        Assert.True(followed.Code == ExitCodes.Ok, followed.Error);
        Assert.Contains("sim-good", followed.Out, StringComparison.Ordinal);
        // Calls that were in flight have ended and were kept: nothing was paid twice, and nothing is missing.
        Assert.Equal((2 * Questions, 0), (models.Counters.Paid, models.Counters.PaidAgain));
        Assert.All([stopped.Error, followed.Error, followed.Out], text => Assert.DoesNotContain('\u001b', text));
    }

    [Fact]
    public async Task Run_AgainstAHost_Detaches_AndTheRunGoesOnThere()
    {
        await SkipWhereItCannotBeSentAsync();
        await using var models = await StartModelsAsync();
        await using var serve = ArenaProcess.Start(_folder.Path, Plain, "serve", "--port", "0", "--state", "my state");
        var host = Address().Match(await serve.WaitForAsync("Listening on", Cancelled)).Value;
        await using var run = ArenaProcess.Start(_folder.Path, Plain, "run", SpecFor("detached"), "--host", host);
        await WaitForCallsAsync(models, 8);

        run.Interrupt();
        var left = await run.EndAsync(Cancelled);

        Assert.Equal(ExitCodes.Interrupted, left.Code);
        Assert.Contains($"Run detached goes on at {host}", left.Error, StringComparison.Ordinal);
        Assert.Equal($"follow detached --host {host}", Assert.Single(Printed().Matches(left.Error)).Groups["command"].Value);
        // A second command without --host finds the host that runs over the same storage, and uses it.
        await using var follow = ArenaProcess.Start(_folder.Path, Plain, "follow", "detached", "--json", "--state", "my state");
        var followed = await follow.EndAsync(Cancelled);
        Assert.True(followed.Code == ExitCodes.Ok, followed.Error);
        Assert.Equal(Questions, JsonDocument.Parse(followed.Out).RootElement.GetProperty("single").GetProperty("rows")[0].GetProperty("ratings").GetProperty("scored").GetInt32());
        Assert.Equal((2 * Questions, 0), (models.Counters.Paid, models.Counters.PaidAgain));

        serve.Interrupt();
        var served = await serve.EndAsync(Cancelled);
        Assert.Equal(ExitCodes.Ok, served.Code);
        Assert.Contains("Stopping.", served.Error, StringComparison.Ordinal);
    }

    /// <summary>Puts a benchmark and its models into the store that the processes use.</summary>
    private async Task<SimulatedEndpoint> StartModelsAsync()
    {
        var models = await SimulatedEndpoint.StartAsync(new SimulationOptions { Latency = SimulatedLatency.Fixed(TimeSpan.FromMilliseconds(150)) }, Cancelled);
        await using var storage = await Azurite.AzuriteLauncher.StartAsync(
            new Azurite.AzuriteOptions { DataFolder = _folder.File("my state", "azurite"), Port = 0 }, Cancelled);
        await SmallBenchmark.SetUpAsync(SmallBenchmark.Open(storage.ConnectionString, "arenabench"), models.BaseUrl, Questions, parallel: 4, Cancelled);
        return models;
    }

    private string SpecFor(string id)
    {
        File.WriteAllText(_folder.File("spec.yaml"), $"id: {id}\nbenchmark: small\nmodels: [sim-good]\n");
        return "spec.yaml";
    }

    private static async Task WaitForCallsAsync(SimulatedEndpoint models, int calls)
    {
        while (models.Counters.Calls < calls)
            await Task.Delay(10, Cancelled);
    }

    private async Task SkipWhereItCannotBeSentAsync()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Another process cannot be sent Ctrl-C on Windows.");
        await azurite.ConnectionStringOrSkipAsync();
    }

    private static string[] WordsOf(string command) => [.. Word().Matches(command).Select(word => word.Value.Trim('"'))];

    [GeneratedRegex("  arena (?<command>.+)$", RegexOptions.Multiline)]
    private static partial Regex Printed();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Word();

    [GeneratedRegex("http://[^ ]+")]
    private static partial Regex Address();

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
