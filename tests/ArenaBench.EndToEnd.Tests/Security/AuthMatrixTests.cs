using System.Net;
using System.Reflection;
using ArenaBench.Functions;
using ArenaBench.Testing;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.EndToEnd.Tests.Security;

/// <summary>Every route with every credential. Routes are found by reflection: a new one is in the matrix before anybody thinks of it.</summary>
public sealed class AuthMatrixTests(AzuriteFixture azurite)
{
    private const string Key = "the-right-key-0123456789";
    private const string ReadKey = "the-key-for-reading-0123456789";

    /// <summary>Holds nothing that anybody stored.</summary>
    private const string Open = "ViewAsset";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryRoute_OpensToTheRightKeyAloneAndTellsOthersNothing()
    {
        await using var app = await EmbeddedApp.StartAsync(
            await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("auth"), Cancelled, key: Key);
        var routes = Routes();
        Assert.True(routes.Count > 25, "Not all routes were found.");

        foreach (var (function, method, path) in routes)
        {
            var isOpen = function == Open;
            foreach (var (name, set) in WrongCredentials)
            {
                using var refused = await SendAsync(app, method, path, set);
                if (isOpen)
                {
                    Assert.NotEqual(HttpStatusCode.Unauthorized, refused.StatusCode);
                    continue;
                }

                Assert.True(refused.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path} with {name}: {refused.StatusCode}");
                Assert.Equal("", await refused.Content.ReadAsStringAsync(Cancelled));
                Assert.DoesNotContain(refused.Headers, header => header.Key is not ("Date" or "Server" or "Transfer-Encoding" or "Connection"));
            }

            foreach (var (name, set) in RightCredentials)
            {
                using var answered = await SendAsync(app, method, path, set);
                Assert.True(answered.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden), $"{method} {path} with {name}: {answered.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task KeyForReading_OpensGetOfEveryFunctionAndNothingElse_AndNeverLearnsTheOther()
    {
        await using var app = await EmbeddedApp.StartAsync(
            await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("auth"), Cancelled, key: Key, readKey: ReadKey);
        Action<HttpRequestMessage, UriBuilder>[] shown =
        [
            (request, _) => request.Headers.Add("x-functions-key", ReadKey),
            (_, address) => address.Query = $"code={ReadKey}",
        ];

        foreach (var (function, method, path) in Routes())
        {
            // On Azure, too, no function's key opens the management API.
            var isOpened = function is not null && method == "GET";
            foreach (var set in shown)
            {
                using var answered = await SendAsync(app, method, path, set);
                Assert.True(isOpened == answered.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden), $"{method} {path}: {answered.StatusCode}");
                Assert.DoesNotContain(Key, answered.ToString() + await answered.Content.ReadAsStringAsync(Cancelled));
            }
        }
    }

    [Fact]
    public void FunctionsToRead_AreThoseThatTheDocumentGivesAKey()
    {
        var reading = Triggers().Where(trigger => trigger.Name != Open && trigger.Http.Methods!.All(method => method == "get")).Select(trigger => trigger.Name);

        var loop = File.ReadAllText(RepoRoot.File("docs", "security.md")).Split("for FUNCTION in", 2)[1].Split("; do", 2)[0];
        Assert.Equal(
            reading.Order(StringComparer.Ordinal),
            loop.Split((char[])[' ', '\\', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        // One that took both would be opened whole.
        Assert.DoesNotContain(Triggers(), trigger => trigger.Http.Methods!.Contains("get") && trigger.Http.Methods!.Length > 1);
    }

    [Fact]
    public void AnonymousFunctions_AreThoseOfThisList()
    {
        var anonymous = Triggers().Where(trigger => trigger.Http.AuthLevel == AuthorizationLevel.Anonymous).Select(trigger => trigger.Name);

        Assert.Equal([Open], anonymous);
    }

    [Fact]
    public async Task RouteThatIsNotThere_LooksNoDifferentWithoutAKey()
    {
        await using var app = await EmbeddedApp.StartAsync(
            await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("auth"), Cancelled, key: Key);
        using var there = await app.Http.GetAsync("api/runs/some-run", Cancelled);
        using var notThere = await app.Http.GetAsync("api/runs/another-run", Cancelled);

        Assert.Equal(there.StatusCode, notThere.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, there.StatusCode);
    }

    private static IReadOnlyList<(string Name, Action<HttpRequestMessage, UriBuilder> Set)> WrongCredentials { get; } =
    [
        ("none", (_, _) => { }),
        ("a wrong header", (request, _) => request.Headers.Add("x-functions-key", "wrong")),
        ("an empty header", (request, _) => request.Headers.TryAddWithoutValidation("x-functions-key", "")),
        ("a wrong code", (_, address) => address.Query = "code=wrong"),
        ("an empty code", (_, address) => address.Query = "code="),
        ("the key in another case", (request, _) => request.Headers.Add("x-functions-key", Key.ToUpperInvariant())),
        ("a part of the key", (request, _) => request.Headers.Add("x-functions-key", Key[..^1])),
        ("the key as bearer", (request, _) => request.Headers.Add("authorization", $"Bearer {Key}")),
        ("the key as cookie", (request, _) => request.Headers.Add("cookie", $"code={Key}")),
        ("a claim to be signed in", (request, _) => request.Headers.Add("x-ms-client-principal", "e30=")),
    ];

    private static IReadOnlyList<(string Name, Action<HttpRequestMessage, UriBuilder> Set)> RightCredentials { get; } =
    [
        ("the header", (request, _) => request.Headers.Add("x-functions-key", Key)),
        ("the code", (_, address) => address.Query = $"code={Key}"),
    ];

    private static async Task<HttpResponseMessage> SendAsync(EmbeddedApp app, string method, string path, Action<HttpRequestMessage, UriBuilder> set)
    {
        var address = new UriBuilder(new Uri(app.BaseUrl, path));
        using var request = new HttpRequestMessage(new HttpMethod(method), (Uri?)null);
        // As the viewer's own forms send: those of other sites are refused whatever key they show.
        request.Headers.Add("origin", app.BaseUrl.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("sec-fetch-site", "same-origin");
        set(request, address);
        request.RequestUri = address.Uri;
        return await app.Http.SendAsync(request, Cancelled);
    }

    private static List<(string? Function, string Method, string Path)> Routes()
    {
        var routes = new List<(string?, string, string)>();
        foreach (var (function, http) in Triggers())
        {
            var path = string.Join('/', http.Route!.Split('/').Select(part => part.StartsWith('{') ? "x" : part));
            routes.AddRange(http.Methods!.Select(method => ((string?)function, method.ToUpperInvariant(), $"api/{path}")));
        }

        // The host's own.
        const string Instances = "runtime/webhooks/durabletask/instances";
        routes.AddRange([(null, "GET", Instances), (null, "GET", $"{Instances}/x"), (null, "POST", $"{Instances}/x/terminate"), (null, "POST", $"{Instances}/x/suspend"),
            (null, "POST", $"{Instances}/x/resume"), (null, "POST", $"{Instances}/x/raiseEvent/y"), (null, "DELETE", $"{Instances}/x")]);
        return routes;
    }

    private static IEnumerable<(string Name, HttpTriggerAttribute Http)> Triggers() =>
        from type in typeof(ArenaBenchWiring).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        let http = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null)
        where http is not null
        select (function.Name, http);
}
