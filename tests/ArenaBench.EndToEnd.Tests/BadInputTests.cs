using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Core.Storage;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>What is wrong in a request is said whole, with its place and what to do; nothing is written and no model is called.</summary>
public sealed class BadInputTests(BadInputApp fixture) : IClassFixture<BadInputApp>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("benchmark: smal\nmodels: [sim-good]\n", "benchmark is \"smal\"; did you mean small?; there are: small")]
    [InlineData("benchmark: small\nmodels: [sim-god]\n", "models names sim-god, which config/endpoints.yaml does not have; did you mean sim-good?")]
    [InlineData("benchmark: small\nmodels: [sim-good]\njudges: [sim-juge]\n", "judges names sim-juge, which config/endpoints.yaml does not have; did you mean sim-judge?")]
    [InlineData("benchmark: small\nmodels: [sim-good]\nmodel: x\n", "the request body:3:1: unknown key model; did you mean models?")]
    [InlineData("benchmark: small\nmodels: []\n", "the request body:2:1: models is empty; name at least one, or leave the key out")]
    [InlineData("benchmark: small\nmodels: [sim-good]\nquestions: {begin: 3, end: 3}\n", "questions.end is 3, not after questions.begin, which is 3: that selects no question")]
    [InlineData("benchmark: small\nmodels: [sim-good]\nquestions: {categories: [ev]}\n", "questions.categories names ev; did you mean even?; small has: even, odd")]
    [InlineData("benchmark: small\nmodels: [sim-good]\nquestions: {begin: 100}\n", "questions selects none of the 4 questions of small")]
    [InlineData("benchmark: small\nmodels: [sim-good]\nparallel: -1\n", "the request body:3:11: parallel is \"-1\" where a whole number from 1 to 10000 is wanted")]
    [InlineData("benchmark: small\nmodels: [sim-good\n", "is not YAML")]
    [InlineData("{\"benchmark\": \"small\", \"models\": [", "is not YAML")]
    [InlineData("benchmark: small\nmodels: [keyless]\n", "the environment variable ARENABENCH_TEST_NOT_SET, which holds its key, is not set")]
    [InlineData("benchmark: small\nmodels: [offline]\n", "offline: nothing listens at 127.0.0.1:1; is the server started?")]
    [InlineData("benchmark: small\nmodels: [sim-good]\napi_key: sk-1\n", "a request must not hold a key")]
    [InlineData("", "is empty; send a run request")]
    public async Task StartRun_BadRequest_IsRefusedWithItsPlaceAndNothingIsDone(string body, string said)
    {
        var app = await fixture.StartAsync();
        var before = await FilesAsync(app);

        using var response = await app.Http.PostRunAsync(body, Cancelled);

        Assert.Contains(said, await DetailAsync(response, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Equal(before, await FilesAsync(app));
        Assert.Equal(0, fixture.Calls);
    }

    [Fact]
    public async Task StartRun_SeveralErrors_ListsThemAll()
    {
        var app = await fixture.StartAsync();
        using var syntax = await app.Http.PostRunAsync("benchmrk: small\nparallel: 0\nseed: x\nid: UPPER\n", Cancelled);
        var problem = await syntax.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal(
            ["the request body:1:1", "the request body:1:1", "the request body:2:11", "the request body:3:7", "the request body:4:1"],
            problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("place").GetString()).Order(StringComparer.Ordinal));

        using var names = await app.Http.PostRunAsync("benchmark: small\nmodels: [a, b]\njudges: [c]\nquestions: {ids: [q9]}\n", Cancelled);
        Assert.Equal(4, (await names.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task StartRun_HostileBodies_AreRefusedSmall()
    {
        var app = await fixture.StartAsync();
        var bomb = "a: &a [1,1,1,1,1,1,1,1,1,1]\n" + string.Concat(Enumerable.Range(0, 9).Select(n =>
            $"{(char)('b' + n)}: &{(char)('b' + n)} [{string.Join(',', Enumerable.Repeat("*" + (char)('a' + n), 10))}]\n"));
        using var aliases = await app.Http.PostRunAsync(bomb, Cancelled);
        Assert.Contains("aliases counted with what they stand for", await DetailAsync(aliases, HttpStatusCode.BadRequest), StringComparison.Ordinal);

        using var nested = await app.Http.PostRunAsync("benchmark: " + new string('[', 5000), Cancelled);
        Assert.Contains("is nested deeper than 16 levels", await DetailAsync(nested, HttpStatusCode.BadRequest), StringComparison.Ordinal);

        using var large = await app.Http.PostRunAsync("benchmark: small #" + new string('x', 1 << 20), Cancelled);
        Assert.Contains("larger than 1048576 bytes", await DetailAsync(large, HttpStatusCode.RequestEntityTooLarge), StringComparison.Ordinal);

        using var latin = await app.Http.PostAsync("api/runs", new ByteArrayContent([0x62, 0xff, 0xfe]), Cancelled);
        Assert.Contains("is not UTF-8 text", await DetailAsync(latin, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Equal(0, fixture.Calls);
    }

    [Theory]
    [InlineData("m: {api_type: opnai}\n", "the request body:1:15: m.api_type is \"opnai\" where one of")]
    [InlineData("m:\n  endpoints: [{api_base: 'http://h/v1', api_key: sk-secret}]\n", "api_key holds a key itself; put the key into an environment variable")]
    [InlineData("m: {rpm: -5}\n", "the request body:1:10: m.rpm is \"-5\" where a whole number of at least 1 is wanted")]
    [InlineData("m:\n  endpoints: [{api_base: 'ftp://h/v1'}]\n", "api_base is not an http or https address")]
    [InlineData("m: {paralel: 3}\n", "the request body:1:5: unknown key paralel; did you mean parallel?")]
    [InlineData("m: [\n", "is not YAML")]
    public async Task PutConfig_BadFile_IsRefusedAndNotStored(string body, string said)
    {
        var app = await fixture.StartAsync();
        var before = await FilesAsync(app);
        using var response = await app.Http.PutAsync("api/config/other.yaml", new StringContent(body), Cancelled);

        var detail = await DetailAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains(said, detail, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", detail, StringComparison.Ordinal);
        Assert.Equal(before, await FilesAsync(app));
    }

    [Fact]
    public async Task StartRun_SameIdTwice_IsAConflictWhileItRuns()
    {
        var app = await fixture.StartAsync();
        await using var slow = await SimulatedEndpoint.StartAsync(
            new SimulationOptions { Latency = SimulatedLatency.Fixed(TimeSpan.FromSeconds(5)) }, Cancelled);
        using var stored = await app.Http.PutAsync(
            "api/config/slow.yaml", new StringContent($"sim-good: {{endpoints: [{{api_base: '{slow.BaseUrl}'}}]}}\n"), Cancelled);
        const string Spec = "id: twice\nbenchmark: small\nwhat: answer\nmodels: [sim-good]\nendpoints: slow.yaml\n";
        using var first = await app.Http.PostRunAsync(Spec, Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);

        using var second = await app.Http.PostRunAsync(Spec, Cancelled);

        Assert.Contains("Wait for it, cancel it, or choose another id", await DetailAsync(second, HttpStatusCode.Conflict), StringComparison.Ordinal);
        using var cancelled = await app.Http.PostAsync("api/runs/twice/cancel", null, Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
    }

    [Fact]
    public async Task ReferenceRun_WritesReferencesAndFindsThemAgain()
    {
        var app = await fixture.StartAsync();
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        using var stored = await app.Http.PutAsync(
            "api/config/ref.yaml", new StringContent($"sim-strong: {{endpoints: [{{api_base: '{models.BaseUrl}'}}]}}\n"), Cancelled);

        foreach (var id in new[] { "ref-1", "ref-2" })
        {
            var ended = await app.Http.RunToEndAsync($"id: {id}\nbenchmark: small\nwhat: reference\nmodels: [sim-strong]\nendpoints: ref.yaml\n", Cancelled);
            Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
        }

        Assert.Equal(4, models.Counters.Answered);
        Assert.Equal(4, (await app.Store.Canonical.ReadAsync(CanonicalFile.References("small", "sim-strong"), Cancelled)).Lines.Count);
        Assert.Empty((await app.Store.Canonical.ReadAsync(CanonicalFile.Answers("small", "sim-strong"), Cancelled)).Lines);
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var body = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return JsonSerializer.Deserialize<JsonElement>(body).GetProperty("detail").GetString()!;
    }

    /// <summary>Everything stored, but for what other tests' runs write.</summary>
    private static async Task<IReadOnlyList<string>> FilesAsync(EmbeddedApp app)
    {
        var files = new List<string>();
        await foreach (var file in app.Store.Files.ListAsync("", Cancelled))
        {
            if (!file.StartsWith("runs/twice/", StringComparison.Ordinal) && !file.StartsWith("claims/", StringComparison.Ordinal) && !file.StartsWith("coordination/", StringComparison.Ordinal))
                files.Add(file);
        }

        return files;
    }
}

/// <summary>One app for all rows: what is refused leaves nothing behind.</summary>
public sealed class BadInputApp(AzuriteFixture azurite) : IAsyncDisposable
{
    private EmbeddedApp? _app;
    private SimulatedEndpoint? _models;

    /// <summary>Calls that reached the models which the bad requests name.</summary>
    public long Calls => _models!.Counters.Calls;

    internal async Task<EmbeddedApp> StartAsync()
    {
        if (_app is not null)
            return _app;
        var cancelled = TestContext.Current.CancellationToken;
        var storage = await azurite.ConnectionStringOrSkipAsync();
        _models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), cancelled);
        _app = await EmbeddedApp.StartAsync(storage, AzuriteFixture.NewContainerName("bad"), cancelled);
        await SmallBenchmark.SetUpAsync(_app.Store, _models.BaseUrl, questions: 4, parallel: 2, cancelled);
        var endpoints = (await _app.Store.Files.ReadAsync("config/endpoints.yaml", cancelled))!.Content
            + $"keyless: {{endpoints: [{{api_base: '{_models.BaseUrl}', api_key: '${{ARENABENCH_TEST_NOT_SET}}'}}]}}\n"
            + "offline: {endpoints: [{api_base: 'http://127.0.0.1:1/v1'}]}\n";
        await _app.PutEndpointsAsync(endpoints, cancelled);
        return _app;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        if (_models is not null)
            await _models.DisposeAsync();
    }
}
