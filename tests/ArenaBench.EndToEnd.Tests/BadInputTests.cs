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

    public static TheoryData<string, string, string> Rows { get; } = new(BadRunRequests.Rows);

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task StartRun_BadRequest_IsRefusedWithItsPlaceAndNothingIsDone(string body, string place, string said)
    {
        var app = await fixture.StartAsync();
        var before = await FilesAsync(app);

        using var response = await app.Http.PostRunAsync(body, Cancelled);

        var (detail, errors) = await RefusedAsync(response, HttpStatusCode.BadRequest);
        var error = Assert.Single(errors);
        Assert.Equal(place, error.Place);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Equal($"{error.Place}: {error.Message}", detail);
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
    public async Task StartRun_BodyThatIsTooLargeOrNoText_IsRefusedAndNothingIsDone()
    {
        var app = await fixture.StartAsync();
        var before = await FilesAsync(app);

        using var large = await app.Http.PostRunAsync(BadRunRequests.TooLarge, Cancelled);
        Assert.Equal("the request body: is larger than 1048576 bytes, the most that is taken", await DetailAsync(large, HttpStatusCode.RequestEntityTooLarge));
        using var latin = await app.Http.PostAsync("api/runs", new ByteArrayContent([0x62, 0xff, 0xfe]), Cancelled);
        Assert.Equal("the request body: is not UTF-8 text; save it as UTF-8", await DetailAsync(latin, HttpStatusCode.BadRequest));

        Assert.Equal(before, await FilesAsync(app));
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

    private static async Task<string> DetailAsync(HttpResponseMessage response, HttpStatusCode status) => (await RefusedAsync(response, status)).Detail;

    private static async Task<(string Detail, IReadOnlyList<Error> Errors)> RefusedAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var body = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(body);
        return (problem.GetProperty("detail").GetString()!,
            problem.TryGetProperty("errors", out var errors) ? errors.Deserialize<Error[]>(JsonSerializerOptions.Web)! : []);
    }

    private sealed record Error(string? Place, string Message);

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
        await BadRunRequests.SetUpAsync(_app.Store, _models.BaseUrl, cancelled);
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
