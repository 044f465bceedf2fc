using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ArenaBench.Cli.Hosting;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.Cli.Tests;

/// <summary>What the HTTP API refuses, the command line refuses in the same words, about the user's file instead of a body.</summary>
[Collection(HostCollection.Name)]
public sealed class BadInputWordsTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TempFolder _folder = new("arena words");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OfEveryBadRequest_SaysWhatTheApiSays()
    {
        var storage = await azurite.ConnectionStringOrSkipAsync();
        Environment.SetEnvironmentVariable("AzureWebJobsStorage", storage);
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await BadRunRequests.SetUpAsync(SmallBenchmark.Open(storage, "arenabench"), models.BaseUrl, Cancelled);
        await using var session = await HostSession.OpenAsync(
            new HostChoice(null, null, _folder.File("state")), EmbeddedOptions.Default with { HubName = $"t{Guid.NewGuid():n}" }, Cancelled);
        using var http = new HttpClient { BaseAddress = session.Client.Host };
        var runs = await http.GetStringAsync("api/runs", Cancelled);

        foreach (var body in BadRunRequests.Rows.Select(row => row.Body).Append(BadRunRequests.TooLarge))
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/yaml");
            using var response = await http.PostAsync("api/runs", content, Cancelled);
            var said = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
            Assert.True(said.TryGetProperty("detail", out var words), $"{body[..Math.Min(body.Length, 200)]} was answered {(int)response.StatusCode}: {said}");
            var detail = words.GetString()!;
            await File.WriteAllTextAsync(_folder.File("spec.yaml"), body, Cancelled);

            var refused = await Arena.RunAsync("run", _folder.File("spec.yaml"), "--host", session.Client.Host.ToString());

            Assert.Equal(ExitCodes.BadInput, refused.Code);
            Assert.Equal(
                detail.Split('\n').Select(line => "error: " + line.Replace(BadRunRequests.Body, _folder.File("spec.yaml"), StringComparison.Ordinal)),
                refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.Empty(refused.Out);
        }

        Assert.Equal(0, models.Counters.Calls);
        Assert.Equal(runs, await http.GetStringAsync("api/runs", Cancelled));
    }

    [Fact]
    public async Task Options_AreNamedAsOptions_WithoutLinesThatNobodyWrote()
    {
        Environment.SetEnvironmentVariable("AzureWebJobsStorage", await azurite.ConnectionStringOrSkipAsync());
        var negative = await Arena.RunAsync("answer", "--bench", "small", "--models", "sim-good", "--parallel", "-1");
        Assert.Equal("error: the options: parallel is \"-1\" where a whole number from 1 to 10000 is wanted", negative.Error.Trim());

        await using var session = await HostSession.OpenAsync(
            new HostChoice(null, null, _folder.File("state")), EmbeddedOptions.Default with { HubName = $"t{Guid.NewGuid():n}" }, Cancelled);
        var unknown = await Arena.RunAsync("answer", "--bench", "no-such-bench", "--models", "m", "--host", session.Client.Host.ToString());
        Assert.StartsWith("error: the options: benchmark is \"no-such-bench\"", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.BadInput, unknown.Code);
    }

    [Fact]
    public async Task Run_WithTheIdOfOneThatIsGoing_SaysWhatToDo()
    {
        var storage = await azurite.ConnectionStringOrSkipAsync();
        Environment.SetEnvironmentVariable("AzureWebJobsStorage", storage);
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions { Latency = SimulatedLatency.Fixed(TimeSpan.FromSeconds(2)) }, Cancelled);
        await SmallBenchmark.SetUpAsync(SmallBenchmark.Open(storage, "arenabench"), models.BaseUrl, 1, 1, Cancelled);
        await using var session = await HostSession.OpenAsync(
            new HostChoice(null, null, _folder.File("state")), EmbeddedOptions.Default with { HubName = $"t{Guid.NewGuid():n}" }, Cancelled);
        var host = session.Client.Host.ToString();
        var started = await Arena.RunAsync("answer", "--bench", "small", "--models", "sim-good", "--id", "words-twice", "--detach", "--host", host);
        Assert.True(started.Code == ExitCodes.Ok, started.Error);

        var again = await Arena.RunAsync("answer", "--bench", "small", "--models", "sim-good", "--id", "words-twice", "--host", host);

        Assert.Equal(ExitCodes.BadInput, again.Code);
        Assert.Contains("Wait for it, cancel it, or choose another id", again.Error, StringComparison.Ordinal);
        Assert.True((await Arena.RunAsync("cancel", "words-twice", "--host", host)).Code == ExitCodes.Ok);
        // A run that was ended is a failure to whoever follows it.
        var followed = await Arena.RunAsync("follow", "words-twice", "--host", host);
        Assert.Equal(ExitCodes.RunFailed, followed.Code);
        Assert.Contains($"was cancelled; what it made is kept. A new attempt: arena retry words-twice --host {host}", followed.Said, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
