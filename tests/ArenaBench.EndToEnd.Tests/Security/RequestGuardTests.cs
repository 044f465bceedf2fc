using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests.Security;

public sealed class RequestGuardTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryAnswer_HasTheHeadersAndTheVersion()
    {
        await using var app = await StartAsync();
        foreach (var path in new[] { "api/runs", "api/runs/none", "api/view", "api/health/live", "api/config/none.yaml" })
        {
            using var answer = await app.Http.GetAsync(path, Cancelled);
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            // A page's forms are told apart from other sites' by where they come from: that is kept within the site.
            Assert.Equal(path == "api/view" ? "same-origin" : "no-referrer", Header(answer, "Referrer-Policy"));
            Assert.StartsWith("default-src 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal("no-store", Header(answer, "Cache-Control"));
            Assert.Equal("1", Header(answer, "ArenaBench-Api-Version"));
            Assert.Null(Header(answer, "Access-Control-Allow-Origin"));
        }
    }

    [Theory]
    [InlineData("0", "The client speaks version 0 of the API, this host version 1. Update the client.")]
    [InlineData("7", "Update the host, or use the client of its release.")]
    [InlineData("new", "is not a whole number")]
    [InlineData("-1", "is not a whole number")]
    public async Task ClientOfAnotherVersion_IsToldSo(string version, string said)
    {
        await using var app = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/runs") { Headers = { { "ArenaBench-Api-Version", version } } };

        using var answer = await app.Http.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MorePostsThanAllowed_AreSentAwayWithATimeAndReadersAreNot()
    {
        await using var app = await StartAsync(("ArenaBench:PostsPerMinute", "3"));
        for (var post = 0; post < 3; post++)
        {
            using var taken = await app.Http.PostRunAsync("benchmark: none\n", Cancelled);
            Assert.Equal(HttpStatusCode.BadRequest, taken.StatusCode);
        }

        using var refused = await app.Http.PostRunAsync("benchmark: none\n", Cancelled);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("ArenaBench__PostsPerMinute", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        using var read = await app.Http.GetAsync("api/runs", Cancelled);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task Health_SaysWhatItNeedsAndWhatIsMissing()
    {
        await using var app = await StartAsync(("SOME_API_KEY", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/k)"));
        using var live = await app.Http.GetAsync("api/health/live", Cancelled);
        using var ready = await app.Http.GetAsync("api/health/ready", Cancelled);

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        var report = await ready.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal("Degraded", report.GetProperty("status").GetString());
        var checks = report.GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!);
        Assert.Equal("Healthy", checks["storage"].GetProperty("status").GetString());
        Assert.StartsWith("SOME_API_KEY still holds its Key Vault reference", checks["keys"].GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_ThatWouldLeaveTheirFolder_NameNothing()
    {
        await using var app = await StartAsync();
        string[] names =
        [
            "..%2f..%2fetc%2fpasswd", "%2e%2e", "%2e%2e%2fconfig", "..%5c..%5cwindows", "a%2f..%2fb", "%00", "a%00.yaml", "....%2f%2f",
            "%c0%ae%c0%ae%2f", "%u002e%u002e", "config", "runs", "claims", "coordination", "C%3a%5cx", "x%0d%0aset-cookie%3aa", new string('a', 3000), "~2E~2E",
        ];
        foreach (var name in names)
        {
            foreach (var path in new[] { $"api/benchmarks/{name}", $"api/benchmarks/{name}/archive", $"api/config/{name}", $"api/runs/{name}", $"api/runs/{name}/leaderboard", $"api/view/runs/{name}", $"api/view/assets/{name}" })
            {
                using var read = await app.Http.GetAsync(path, Cancelled);
                // Two dots alone are taken out of an address before it is looked at: it is another route's then.
                Assert.True((int)read.StatusCode is >= 400 and < 500 || (name == "%2e%2e" && read.StatusCode == HttpStatusCode.OK), $"GET {path}: {read.StatusCode}");
                Assert.False(read.Headers.Contains("set-cookie"));
            }

            foreach (var path in new[] { $"api/benchmarks/{name}", $"api/config/{name}" })
            {
                using var written = await app.Http.PutAsync(path, new StringContent("m: {endpoints: [{api_base: 'http://127.0.0.1:1/v1'}]}\n"), Cancelled);
                Assert.True((int)written.StatusCode is >= 400 and < 500, $"PUT {path}: {written.StatusCode}");
            }
        }

        var files = new List<string>();
        await foreach (var file in app.Store.Files.ListAsync("", Cancelled))
            files.Add(file);
        Assert.Empty(files);
    }

    private async Task<EmbeddedApp> StartAsync(params (string Name, string Value)[] settings)
    {
        var app = await EmbeddedApp.StartAsync(
            await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("guard"), Cancelled, settings: settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        await app.Store.EnsureAsync(Cancelled);
        return app;
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(',', values) : null;
}
