using System.Net;
using ArenaBench.LocalRuntime.Hosting;
using ArenaBench.LocalRuntime.Tests.Behaviour;
using ArenaBench.Testing;

namespace ArenaBench.LocalRuntime.Tests.Host;

public sealed class KeyTests(AzuriteFixture storage) : IAsyncLifetime
{
    private const string Key = "the key";
    private LocalFunctionsHost _host = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SampleApp.StartAsync(storage, new LocalHostOptions { RequiredKey = Key });
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

    [Fact]
    public async Task AnonymousFunction_NeedsNoKey_AndLinksCarryIt()
    {
        var started = await new InstanceClient(_host.BaseUrl).StartAsync("Hello", "key");

        Assert.EndsWith("code=the%20key", started.Status, StringComparison.Ordinal);
        using var status = await _http.GetAsync(started.Status);
        Assert.True(status.IsSuccessStatusCode);
    }
}
