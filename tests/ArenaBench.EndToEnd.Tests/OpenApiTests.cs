using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Api;
using ArenaBench.Simulation;
using ArenaBench.Testing;
using Json.Schema;
using Microsoft.OpenApi;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>The description of the API is what the API does: every route is in it, and what the app answers fits its schemas.</summary>
public sealed class OpenApiTests(AzuriteFixture azurite)
{
    private const string Spec = "id: one\nbenchmark: small\nmodels: [sim-strong, sim-weak]\n";

    private static readonly EvaluationOptions Evaluation = new() { OutputFormat = OutputFormat.List };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void EveryRoute_IsDescribed_AndEveryDescriptionIsARoute()
    {
        var routes = ApiDocument.Routes().Where(route => !route.Path.StartsWith("/api/view", StringComparison.Ordinal)).Select(route => route.Function);

        Assert.Equal(routes.Order(StringComparer.Ordinal), ApiOperations.All.Select(operation => operation.Function).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Document_IsOpenApi()
    {
        var read = OpenApiDocument.Parse(ApiDocument.Write("http://127.0.0.1:7071").ToJsonString(), "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.True(read.Document!.Paths.Count > 15);
    }

    [Fact]
    public void RunRequest_HasTheFieldsThatItsReaderTakes()
    {
        var schema = ApiDocument.Write("http://host")["components"]!["schemas"]!["RunRequestBody"]!["properties"]!.AsObject();
        var values = new Dictionary<string, string>
        {
            ["benchmark"] = "b", ["id"] = "i", ["what"] = "both", ["models"] = "[m]", ["judges"] = "[j]", ["baseline"] = "m", ["endpoints"] = "e.yaml",
            ["questions"] = "{begin: 0, end: 2, categories: [a], ids: [q]}", ["temperature"] = "1", ["max_tokens"] = "5", ["choices"] = "1",
            ["parallel"] = "2", ["strict"] = "true", ["restart"] = "true", ["dry_run"] = "true", ["budget"] = "{usd: 1, tokens: 5}", ["seed"] = "1",
            ["rounds"] = "1", ["date"] = "2024-07-31",
        };

        Assert.Equal(values.Keys.Order(StringComparer.Ordinal), schema.Select(property => property.Key).Order(StringComparer.Ordinal));
        RunRequestReader.Parse(string.Concat(values.Select(entry => $"{entry.Key}: {entry.Value}\n")), "test");
    }

    [Fact]
    public async Task Answers_FitTheirSchemas()
    {
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await using var app = await EmbeddedApp.StartAsync(await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("openapi"), Cancelled);
        await SmallBenchmark.SetUpAsync(app.Store, models.BaseUrl, 4, parallel: 4, Cancelled);
        var description = new Description(JsonNode.Parse(await app.Http.GetStringAsync("api/openapi.json", Cancelled))!.AsObject());
        Assert.Equal(app.BaseUrl.ToString().TrimEnd('/'), description.Server);
        async Task<JsonElement> CheckAsync(string function, HttpStatusCode status, string method, string address, string? body = null)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address);
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, "application/yaml");
            using var response = await app.Http.SendAsync(request, Cancelled);
            var text = await response.Content.ReadAsStringAsync(Cancelled);
            Assert.True(response.StatusCode == status, $"{method} {address}: {response.StatusCode} {text}");
            return description.Check(function, response, text);
        }

        await CheckAsync("StartRun", HttpStatusCode.OK, "POST", "api/runs", Spec + "dry_run: true\n");
        await CheckAsync("StartRun", HttpStatusCode.BadRequest, "POST", "api/runs", "benchmrk: small\n");
        await CheckAsync("ExplainRun", HttpStatusCode.OK, "POST", "api/runs/explain", Spec);
        await CheckAsync("StartRun", HttpStatusCode.Accepted, "POST", "api/runs", Spec);
        await app.Http.FollowAsync(new Uri(app.BaseUrl, "runtime/webhooks/durabletask/instances/one"), Cancelled);
        await CheckAsync("StartRun", HttpStatusCode.Conflict, "POST", "api/runs", Spec);
        await CheckAsync("ListRuns", HttpStatusCode.OK, "GET", "api/runs");
        await CheckAsync("GetRun", HttpStatusCode.OK, "GET", "api/runs/one");
        await CheckAsync("GetRun", HttpStatusCode.NotFound, "GET", "api/runs/none");
        await CheckAsync("GetLeaderboard", HttpStatusCode.OK, "GET", "api/runs/one/leaderboard");
        await CheckAsync("GetLeaderboard", HttpStatusCode.OK, "GET", "api/runs/one/leaderboard?rounds=20&compare=sim-weak");
        await CheckAsync("GetLeaderboard", HttpStatusCode.OK, "GET", "api/runs/one/leaderboard?format=csv");
        await CheckAsync("GetLeaderboard", HttpStatusCode.BadRequest, "GET", "api/runs/one/leaderboard?styl=both");
        await CheckAsync("GetManifest", HttpStatusCode.OK, "GET", "api/runs/one/manifest");
        await CheckAsync("GetReport", HttpStatusCode.OK, "GET", "api/runs/one/report");
        await CheckAsync("GetSite", HttpStatusCode.OK, "GET", "api/runs/one/site");
        await CheckAsync("GetSite", HttpStatusCode.NotFound, "GET", "api/runs/none/site");
        await CheckAnswersAsync(CheckAsync);
        await CheckAsync("SuspendRun", HttpStatusCode.Conflict, "POST", "api/runs/one/suspend");
        await CheckAsync("CancelRun", HttpStatusCode.BadRequest, "POST", "api/runs/one/cancel?mode=gently");
        await CheckAsync("RetryRun", HttpStatusCode.Accepted, "POST", "api/runs/one/retry");
        await app.Http.FollowAsync(new Uri(app.BaseUrl, "runtime/webhooks/durabletask/instances/one"), Cancelled);
        await CheckAsync("ListBenchmarks", HttpStatusCode.OK, "GET", "api/benchmarks");
        await CheckAsync("GetBenchmark", HttpStatusCode.OK, "GET", "api/benchmarks/small");
        await CheckAsync("GetBenchmarkArchive", HttpStatusCode.OK, "GET", "api/benchmarks/small/archive");
        await CheckAsync("PutBenchmarkFile", HttpStatusCode.OK, "PUT", "api/benchmarks/new/files/question.jsonl", """{"question_id":"q1","category":"a","turns":["What?"]}""" + "\n");
        await CheckAsync("PutBenchmarkFile", HttpStatusCode.BadRequest, "PUT", "api/benchmarks/new/files/question.jsonl", "{broken\n");
        await CheckAsync("DeleteBenchmark", HttpStatusCode.NoContent, "DELETE", "api/benchmarks/new");
        await CheckAsync("ListConfig", HttpStatusCode.OK, "GET", "api/config");
        await CheckAsync("GetConfig", HttpStatusCode.OK, "GET", "api/config/endpoints.yaml");
        await CheckAsync("PutConfig", HttpStatusCode.OK, "PUT", "api/config/other.yaml", await app.Http.GetStringAsync("api/config/endpoints.yaml", Cancelled));
        await CheckAsync("Clean", HttpStatusCode.OK, "POST", "api/clean?dry_run=true");
        await CheckAsync("GetLiveness", HttpStatusCode.OK, "GET", "api/health/live");
        await CheckAsync("GetReadiness", HttpStatusCode.OK, "GET", "api/health/ready");
        await CheckAsync("DeleteRun", HttpStatusCode.NoContent, "DELETE", "api/runs/one");
    }

    private static async Task CheckAnswersAsync(Func<string, HttpStatusCode, string, string, string?, Task<JsonElement>> check)
    {
        var all = await check("ListAnswers", HttpStatusCode.OK, "GET", "api/runs/one/questions?size=3", null);
        Assert.Equal((8, 8, 3, 3), (all.GetProperty("total").GetInt32(), all.GetProperty("of").GetInt32(), all.GetProperty("pages").GetInt32(), all.GetProperty("answers").GetArrayLength()));
        var weak = await check("ListAnswers", HttpStatusCode.OK, "GET", "api/runs/one/questions?model=sim-weak&status=scored&page=2&size=3", null);
        Assert.Equal(("sim-weak", 4), (weak.GetProperty("answers")[0].GetProperty("model").GetString(), weak.GetProperty("total").GetInt32()));
        var better = await check("ListAnswers", HttpStatusCode.OK, "GET", "api/runs/one/questions?better=sim-strong&than=sim-weak", null);
        var compared = await check("CompareAnswers", HttpStatusCode.OK, "GET", "api/runs/one/compare?of=sim-weak&with=sim-strong&sort=worse", null);
        Assert.Equal(better.GetProperty("total").GetInt32(), compared.GetProperty("better").GetInt32());
        var changes = compared.GetProperty("questions").EnumerateArray().Select(question => question.GetProperty("change").GetDouble()).ToArray();
        Assert.Equal(changes.Order(), changes);

        var answer = await check("GetAnswer", HttpStatusCode.OK, "GET", "api/runs/one/questions/1?of=sim-weak&model=sim-weak", null);
        Assert.NotEqual("", answer.GetProperty("answer").GetProperty("turns")[0].GetProperty("content").GetString());
        Assert.NotEqual("", answer.GetProperty("games")[0].GetProperty("judgment").GetString());
        Assert.Equal((0, 2), (answer.GetProperty("previous").GetProperty("question").GetInt32(), answer.GetProperty("next").GetProperty("question").GetInt32()));

        await check("GetAnswer", HttpStatusCode.NotFound, "GET", "api/runs/one/questions/4", null);
        await check("ListAnswers", HttpStatusCode.NotFound, "GET", "api/runs/none/questions", null);
        foreach (var (query, said) in new[]
        {
            ("verdict=won", "verdict is"), ("modle=sim-weak", "did you mean model"), ("model=sim-wek", "did you mean sim-weak"), ("better=sim-weak", "go together"),
            ("size=0", "size is"), ("page=x", "page is"), ("q=(&regex=true", "regular expression"), ("category=none", "category is"), ("min=ten", "min is"),
        })
            Assert.Contains(said, (await check("ListAnswers", HttpStatusCode.BadRequest, "GET", $"api/runs/one/questions?{query}", null)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The served document, and answers checked against it.</summary>
    private sealed class Description(JsonObject document)
    {
        public string Server => document["servers"]![0]!["url"]!.GetValue<string>();

        public JsonElement Check(string function, HttpResponseMessage response, string text)
        {
            var operation = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(entry => entry.Value!)
                .Single(entry => entry["operationId"]!.GetValue<string>() == function);
            var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            var answer = operation["responses"]![status];
            Assert.True(answer is not null, $"{function} answers {status}, which is not described.");
            if (answer["content"] is not JsonObject content)
            {
                Assert.Equal("", text);
                return default;
            }

            var media = response.Content.Headers.ContentType?.MediaType ?? "";
            Assert.True(content[media] is not null, $"{function} answers {media}, which is not described.");
            if (content[media]!["schema"] is not { } reference)
                return default;
            var name = reference["$ref"]!.GetValue<string>();
            var schema = new JsonObject { ["$ref"] = name, ["$defs"] = document["components"]!["schemas"]!.DeepClone() };
            var result = JsonSchema.FromText(schema.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))
                .Evaluate(JsonDocument.Parse(text).RootElement, Evaluation);
            Assert.True(result.IsValid, $"{function}: what was answered is no {name}.\n{Faults(result)}\n{text[..Math.Min(text.Length, 2_000)]}");
            return JsonDocument.Parse(text).RootElement;
        }

        private static string Faults(EvaluationResults result) => string.Join('\n', (result.Details ?? [])
            .Where(detail => detail.Errors is { Count: > 0 }).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}")));
    }
}
