using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ArenaBench.Simulation;
using ArenaBench.Testing;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace ArenaBench.EndToEnd.Tests.Telemetry;

/// <summary>One run with everything on: its trace is whole, and its key is nowhere.</summary>
public sealed class RunTraceTests(AzuriteFixture azurite)
{
    private const string KeyVariable = "ARENABENCH_TEST_CANARY";
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const int Questions = 4;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ExportsEverySpanParentedAndWithItsTokens_AndTheKeyIsNowhere()
    {
        var key = $"sk-canary-{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(KeyVariable, key);
        var storage = await azurite.ConnectionStringOrSkipAsync();
        var name = AzuriteFixture.NewContainerName("trace");
        await using var collector = await OtlpCollector.StartAsync();
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions { ApiKey = key }, Cancelled);
        using var logs = new KeptLogs();
        var answers = new StringBuilder();
        var settings = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };
        await using (var app = await EmbeddedApp.StartAsync(storage, name, Cancelled, settings: settings, logs: logs))
        {
            await SmallBenchmark.SetUpAsync(app.Store, models.BaseUrl, Questions, parallel: 2, Cancelled);
            await app.PutEndpointsAsync(
                string.Concat(new[] { "sim-good", "sim-weak", "sim-judge" }.Select(model =>
                    $"{model}: {{endpoints: [{{api_base: '{models.BaseUrl}', api_key: '${{{KeyVariable}}}'}}], parallel: 2, price: {{input: 1, output: 2}}}}\n")),
                Cancelled);
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/runs")
            {
                Content = new StringContent("id: traced\nbenchmark: small\nmodels: [sim-good, sim-weak]\n"),
                Headers = { { "traceparent", $"00-{Trace}-b7ad6b7169203331-01" } },
            };
            using var started = await app.Http.SendAsync(request, Cancelled);
            var ended = await app.Http.FollowAsync(started.Headers.Location!, Cancelled);
            Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
            foreach (var path in new[] { "api/runs", "api/runs/traced", "api/runs/traced/leaderboard", "api/config/endpoints.yaml", "api/view/runs/traced?code=secret-function-key", "api/view/runs/traced/questions/0", "runtime/webhooks/durabletask/instances/traced?showHistory=true&showHistoryOutput=true" })
                answers.Append(await app.Http.GetStringAsync(path, Cancelled));
        }

        // Other tests start runs of their own in this process.
        AssertWhole([.. collector.Spans.Where(span => span.TraceId == Trace)]);
        foreach (var metric in new[] { "gen_ai.client.token.usage", "gen_ai.client.operation.duration", "arenabench.calls", "arenabench.cost", "arenabench.lanes.waiting", "arenabench.orchestration.lag", "arenabench.records" })
            Assert.Contains(metric, collector.Text, StringComparison.Ordinal);

        Assert.DoesNotContain(key, collector.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-function-key", collector.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(logs.Lines, line => line.Contains("secret-function-key", StringComparison.Ordinal));
        Assert.DoesNotContain(key, answers.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(logs.Lines);
        Assert.DoesNotContain(logs.Lines, line => line.Contains(key, StringComparison.Ordinal));
        await AssertNotStoredAsync(storage, key);
        // Texts are in the records, not in what is exported or logged.
        Assert.DoesNotContain("explain what the number", collector.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(logs.Lines, line => line.Contains("explain what the number", StringComparison.Ordinal));
    }

    private static void AssertWhole(IReadOnlyList<OtlpSpan> spans)
    {
        var byId = spans.ToDictionary(span => span.SpanId);
        var accepted = Assert.Single(spans, span => span.Name == "POST /api/runs");
        Assert.Equal("b7ad6b7169203331", accepted.ParentId);
        var run = Assert.Single(spans, span => span.Name == "run");
        Assert.Equal(accepted.SpanId, run.ParentId);
        Assert.Equal("traced", run.Attributes["arenabench.run.id"]);
        AssertChildren("model", 2, "run");
        AssertChildren("question", 2 * Questions, "model");
        AssertChildren("answer", 2 * Questions, "question");
        AssertChildren("judge", 2 * Questions, "question");
        var calls = spans.Where(span => span.Name.StartsWith("chat ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(4 * Questions, calls.Length);
        Assert.All(calls, call =>
        {
            Assert.Contains(byId[call.ParentId].Name, new[] { "answer", "judge" });
            Assert.Equal("chat", call.Attributes["gen_ai.operation.name"]);
            Assert.Equal(call.Name["chat ".Length..], call.Attributes["gen_ai.request.model"]);
            Assert.True(long.Parse(call.Attributes["gen_ai.usage.input_tokens"], CultureInfo.InvariantCulture) > 0);
            Assert.True(long.Parse(call.Attributes["gen_ai.usage.output_tokens"], CultureInfo.InvariantCulture) > 0);
            Assert.Equal("traced", call.Attributes["arenabench.run.id"]);
        });
        Assert.All(spans, span => Assert.True(span.End >= span.Start && span.Start > 0));
        // Nothing beside these, and no id twice (the dictionary above).
        Assert.Equal(2 + 2 + (6 * Questions) + calls.Length, spans.Count);

        void AssertChildren(string name, int count, string parent)
        {
            var found = spans.Where(span => span.Name == name).ToArray();
            Assert.Equal(count, found.Length);
            Assert.All(found, span => Assert.Equal(parent, byId[span.ParentId].Name));
        }
    }

    private static async Task AssertNotStoredAsync(string storage, string key)
    {
        var account = new BlobServiceClient(storage);
        var read = 0;
        await foreach (var container in account.GetBlobContainersAsync(cancellationToken: Cancelled))
        {
            var blobs = account.GetBlobContainerClient(container.Name);
            await foreach (var blob in blobs.GetBlobsAsync(cancellationToken: Cancelled))
            {
                if (!container.Name.StartsWith("trace-", StringComparison.Ordinal) && !blob.Name.Contains("traced", StringComparison.Ordinal))
                    continue;
                var content = (await blobs.GetBlobClient(blob.Name).DownloadContentAsync(Cancelled)).Value.Content;
                read++;
                Assert.True(content.ToMemory().Span.IndexOf(Encoding.UTF8.GetBytes(key)) < 0, $"{container.Name}/{blob.Name} holds the key");
            }
        }

        Assert.True(read > 8, $"only {read} blobs were looked into");
    }

    private sealed class KeptLogs : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
