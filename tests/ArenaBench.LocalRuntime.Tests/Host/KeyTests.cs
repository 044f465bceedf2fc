using System.Net;
using ArenaBench.LocalRuntime.Hosting;
using ArenaBench.LocalRuntime.Tests.Behaviour;
using ArenaBench.Testing;

namespace ArenaBench.LocalRuntime.Tests.Host;

public sealed class KeyTests(AzuriteFixture storage) : IAsyncLifetime
{
    private const string Key = "the key";
    private const string ReadKey = "the key for reading";
    private LocalFunctionsHost _host = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SampleApp.StartAsync(storage, new LocalHostOptions { RequiredKey = Key, ReadKey = ReadKey });
        _http = new HttpClient { BaseAddress = _host.BaseUrl };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("api/words/a")]
    [InlineData("runtime/webhooks/durabletask/instances")]
    [InlineData("runtime/webhooks/durabletask/instances/any")]
    public async Task WithoutTheKey_Is401AndSaysNothing(string path)
    {
        using var bare = await _http.GetAsync(path);
        using var wrong = await _http.GetAsync(path + "?code=another");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (bare.StatusCode, wrong.StatusCode));
        Assert.Equal("", await bare.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("api/words/a")]
    [InlineData("runtime/webhooks/durabletask/instances")]
    public async Task WithTheKey_InHeaderOrQuery_IsAnswered(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("x-functions-key", Key);

        using var byHeader = await _http.SendAsync(request);
        using var byQuery = await _http.GetAsync(path + "?code=" + Uri.EscapeDataString(Key));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (byHeader.StatusCode, byQuery.StatusCode));
    }

    [Theory]
    [InlineData("GET", "api/words/a", HttpStatusCode.OK)]
    [InlineData("GET", "runtime/webhooks/durabletask/instances", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "runtime/webhooks/durabletask/instances/any", HttpStatusCode.Unauthorized)]
    [InlineData("POST", "runtime/webhooks/durabletask/instances/any/terminate", HttpStatusCode.Unauthorized)]
    public async Task WithTheKeyForReading_FunctionsAreReadAndNothingElseIs(string method, string path, HttpStatusCode expected)
    {
        using var byHeader = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "x-functions-key", ReadKey } } };
        using var byQuery = new HttpRequestMessage(new HttpMethod(method), path + "?code=" + Uri.EscapeDataString(ReadKey));

        using var first = await _http.SendAsync(byHeader);
        using var second = await _http.SendAsync(byQuery);

        Assert.Equal((expected, expected), (first.StatusCode, second.StatusCode));
    }

    [Theory]
    [InlineData(null, "r", "none for the rest")]
    [InlineData("k", "k", "The key for reading is the key for everything")]
    [InlineData("k", "", "A key is empty")]
    [InlineData("", null, "A key is empty")]
    public async Task KeysThatProtectNothing_AreRefusedAtStart(string? key, string? readKey, string said)
    {
        var refused = await Assert.ThrowsAsync<LocalHostException>(
            () => SampleApp.StartAsync(storage, new LocalHostOptions { RequiredKey = key, ReadKey = readKey }));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnonymousFunction_NeedsNoKey_AndLinksCarryIt()
    {
        var started = await new InstanceClient(_host.BaseUrl).StartAsync("Hello", "key");

        Assert.EndsWith("code=the%20key", started.Status, StringComparison.Ordinal);
        using var status = await _http.GetAsync(started.Status);
        Assert.True(status.IsSuccessStatusCode);
    }
}
