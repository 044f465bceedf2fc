using System.Text.Json;
using ArenaBench.Cli.Commands;
using ArenaBench.Cli.Hosting;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.Cli.Tests;

/// <summary>The commands against a host, from a folder on disk to one.</summary>
[Collection(HostCollection.Name)]
public sealed class HostCommandTests(AzuriteFixture azurite) : IAsyncDisposable
{
    private readonly TempFolder _folder = new("arena cli");
    private HostSession? _session;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ImportAnswerReferenceJudgeExport_GoFromFolderToFolder()
    {
        var host = await StartAsync();
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await SetUpAsync(host, models);

        await OkAsync("answer", "--bench", "cli", "--models", "sim-good,sim-weak", "--questions", "0:2", "--host", host);
        await OkAsync("reference", "--bench", "cli", "--models", "sim-strong", "--host", host);
        var judged = await OkAsync("judge", "--bench", "cli", "--judges", "sim-judge", "--questions", "0:2", "--id", "cli-judge", "--json", "--host", host);
        Assert.StartsWith("{", judged.Out, StringComparison.Ordinal);

        var status = await OkAsync("status", "cli-judge", "--json", "--host", host);
        Assert.Equal("cli", JsonDocument.Parse(status.Out).RootElement.GetProperty("benchmark").GetString());
        Assert.Contains(
            JsonDocument.Parse((await OkAsync("status", "--json", "--host", host)).Out).RootElement.GetProperty("runs").EnumerateArray(),
            run => run.GetProperty("id").GetString() == "cli-judge");

        var shared = await OkAsync("site", "cli-judge", "--out", _folder.File("shared"), "--host", host);
        Assert.Contains("pages of cli-judge", shared.Said, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("shared", "answers", "m1", "1.html")));
        await OkAsync("site", "cli-judge", "--out", _folder.File("shared"), "--host", host);
        var refused = await Arena.RunAsync("site", "cli-judge", "--out", _folder.Path, "--host", host);
        Assert.Equal(ExitCodes.BadInput, refused.Code);
        Assert.Contains("is not empty and holds no pages of a run", refused.Said, StringComparison.Ordinal);

        await OkAsync("export", "cli", "--out", _folder.File("out folder"), "--host", host);
        Assert.Equal(2, Lines("out folder", "model_answer", "sim-good.jsonl"));
        Assert.Equal(3, Lines("out folder", "reference_answer", "sim-strong.jsonl"));
        Assert.Equal(2, Lines("out folder", "model_judgment", "sim-judge", "sim-weak.jsonl"));
        // What was exported is a benchmark's folder again.
        await OkAsync("import", _folder.File("out folder"), "--name", "again", "--host", host);
        Assert.Contains("again", (await OkAsync("benchmarks", "--json", "--host", host)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WhatTheHostRefuses_IsSaidInTheSameWordsWithTheFilesName()
    {
        var host = await StartAsync();
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await SetUpAsync(host, models);
        var spec = Write("spec.yaml", "benchmark: cli\nmodels: [sim-god]\njudges: [sim-juge]\n");

        var refused = await Arena.RunAsync("run", spec, "--host", host);

        Assert.Equal(ExitCodes.BadInput, refused.Code);
        Assert.Contains($"error: {spec}:2:10: models names sim-god, which config/endpoints.yaml does not have; did you mean sim-good?", refused.Said, StringComparison.Ordinal);
        Assert.Contains($"error: {spec}:3:10: judges names sim-juge", refused.Said, StringComparison.Ordinal);
        Assert.Equal(0, models.Counters.Calls);
    }

    [Fact]
    public async Task Follow_Interrupted_LeavesTheRunAndSaysHowToGoOn()
    {
        var host = await StartAsync();
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions { Latency = SimulatedLatency.Fixed(TimeSpan.FromSeconds(3)) }, Cancelled);
        await SetUpAsync(host, models);
        var started = await OkAsync("answer", "--bench", "cli", "--models", "sim-fair", "--id", "cli-detached", "--detach", "--host", host);
        Assert.Equal("cli-detached", started.Out.Trim());

        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        await using var session = await HostSession.OpenAsync(new HostChoice(host, null, "unused"), EmbeddedOptions.Default, Cancelled);
        interrupt.CancelAfter(TimeSpan.FromMilliseconds(300));
        var left = await Arena.CaptureAsync(() => FollowCommand.FollowAsync(session, "cli-detached", json: false, interrupt.Token));

        Assert.Equal(ExitCodes.Interrupted, left.Code);
        Assert.Contains($"To follow it again: arena follow cli-detached --host {host}", left.Said, StringComparison.Ordinal);
        var followed = await OkAsync("follow", "cli-detached", "--host", host);
        Assert.Contains("3 of 3 answers made", followed.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_ThatIsNotThere_IsUnavailable()
    {
        var result = await Arena.RunAsync("status", "--host", "http://127.0.0.1:1");

        Assert.Equal(ExitCodes.Unavailable, result.Code);
        Assert.Contains("Start one with: arena serve", result.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_WithAKeyForReadingAlone_IsRefusedBeforeAnythingStarts()
    {
        var refused = await Arena.RunAsync("serve", "--read-key", "r", "--state", _folder.File("state"));

        Assert.Equal(ExitCodes.BadInput, refused.Code);
        Assert.Contains("add --require-key KEY", refused.Said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("state")));
    }

    private async Task<string> StartAsync()
    {
        // Its own hub; the container is the usual one, in storage that only this assembly's tests have.
        Environment.SetEnvironmentVariable("AzureWebJobsStorage", await azurite.ConnectionStringOrSkipAsync());
        _session = await HostSession.OpenAsync(
            new HostChoice(null, null, _folder.File("state")), EmbeddedOptions.Default with { HubName = $"t{Guid.NewGuid():n}" }, Cancelled);
        return _session.Client.Host.ToString().TrimEnd('/');
    }

    private async Task SetUpAsync(string host, SimulatedEndpoint models)
    {
        Write(Path.Combine("cli", "question.jsonl"), string.Concat(Enumerable.Range(0, 3).Select(n =>
            $$"""{"question_id":"q{{n}}","category":"a","turns":["What is {{n}} good for?"]}""" + "\n")));
        var endpoints = string.Concat(new[] { "sim-strong", "sim-good", "sim-fair", "sim-weak", "sim-judge" }.Select(model =>
            $"{model}: {{endpoints: [{{api_base: '{models.BaseUrl}'}}]}}\n"));
        await OkAsync("import", _folder.File("cli"), "--host", host);
        await OkAsync("config", "put", Write("endpoints.yaml", endpoints), "--host", host);
    }

    private static async Task<CommandResult> OkAsync(params string[] args)
    {
        var result = await Arena.RunAsync(args);
        Assert.True(result.Code == ExitCodes.Ok, $"arena {string.Join(' ', args)}: {result.Code}\n{result.Error}");
        return result;
    }

    private int Lines(params string[] path) => File.ReadLines(_folder.File(path)).Count();

    private string Write(string name, string text)
    {
        var file = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
            await _session.DisposeAsync();
        _folder.Dispose();
    }
}
