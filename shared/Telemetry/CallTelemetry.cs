using System.Diagnostics;
using System.Diagnostics.Metrics;
using ArenaBench.Core.Models;
using ArenaBench.Core.Models.Failures;

namespace ArenaBench.Core.Telemetry;

/// <summary>
/// One request to a model, as span and metrics by the GenAI semantic conventions
/// (https://opentelemetry.io/docs/specs/semconv/gen-ai/), with what they cost beside it. Never a text: those are in the records.
/// The libraries' own instrumentation makes a source and a meter for each client, and a client is made for each run; these are one.
/// </summary>
internal readonly struct CallTelemetry
{
    private static readonly Histogram<double> Duration = ArenaTelemetry.Meter.CreateHistogram(
        "gen_ai.client.operation.duration", "s", "Time of one request to a model.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 40, 80, 160, 320, 640] });

    private static readonly Histogram<long> Tokens = ArenaTelemetry.Meter.CreateHistogram(
        "gen_ai.client.token.usage", "{token}", "Tokens of one request, by direction.",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 16, 64, 256, 1024, 4096, 16384, 65536, 262144] });

    private static readonly Counter<long> Calls = ArenaTelemetry.Meter.CreateCounter<long>("arenabench.calls", "{call}", "Requests to models, by how they ended.");
    private static readonly Counter<double> Cost = ArenaTelemetry.Meter.CreateCounter<double>("arenabench.cost", "{USD}", "What requests cost by the endpoints file's prices.");
    private static readonly Counter<long> RateLimits = ArenaTelemetry.Meter.CreateCounter<long>("arenabench.rate_limits", "{refusal}", "Requests that an endpoint refused for their number (429).");
    private static readonly UpDownCounter<long> Waiting = ArenaTelemetry.Meter.CreateUpDownCounter<long>("arenabench.lanes.waiting", "{call}", "Calls that wait for their place at an endpoint.");

    private readonly ModelSettings _model;
    private readonly RequestFacts _facts;
    private readonly Activity? _span;
    private readonly long _started;
    private readonly TimeProvider _time;

    private CallTelemetry(ModelSettings model, RequestFacts facts, Activity? span, TimeProvider time)
    {
        (_model, _facts, _span, _time) = (model, facts, span, time);
        _started = time.GetTimestamp();
    }

    /// <summary>Until it is disposed a call waits for this model.</summary>
    public static WaitingCall Wait(ModelSettings model)
    {
        var name = new KeyValuePair<string, object?>("arenabench.model", model.Name);
        Waiting.Add(1, name);
        return new WaitingCall(name);
    }

    public static CallTelemetry Begin(ModelSettings model, RequestFacts facts, ModelRequest request, string run, TimeProvider time)
    {
        // A run that is not traced has no steps: its calls would be traces of their own.
        var span = Activity.Current?.Source == ArenaTelemetry.Source
            ? ArenaTelemetry.Source.StartActivity($"chat {model.ModelName}", ActivityKind.Client)
            : null;
        if (span is { IsAllDataRequested: true })
        {
            foreach (var (key, value) in Identity(model, facts))
                span.SetTag(key, value);
            span.SetTag("gen_ai.request.max_tokens", request.MaxTokens);
            span.SetTag("gen_ai.request.temperature", request.Temperature);
            span.SetTag("arenabench.run.id", run);
        }

        return new CallTelemetry(model, facts, span, time);
    }

    public void End(ModelReply? reply, CallFailure? failure)
    {
        var status = (reply?.Status ?? failure!.Status).ToString();
        TagList tags = [.. Identity(_model, _facts)];
        if (reply is null)
            tags.Add("error.type", status);
        Duration.Record(_time.GetElapsedTime(_started).TotalSeconds, tags);
        Calls.Add(1, [.. tags, new("arenabench.status", status)]);
        if (failure?.Kind == FailureKind.RateLimit)
            RateLimits.Add(1, tags);
        if (reply?.Usage is { } usage)
        {
            Tokens.Record(usage.Input, [.. tags, new("gen_ai.token.type", "input")]);
            Tokens.Record(usage.Output, [.. tags, new("gen_ai.token.type", "output")]);
            if (_model.Price is { } price)
                Cost.Add((double)price.CostOf(usage), tags);
        }

        if (_span is null)
            return;
        _span.SetTag("gen_ai.response.model", reply?.ModelVersion);
        _span.SetTag("gen_ai.usage.input_tokens", reply?.Usage?.Input);
        _span.SetTag("gen_ai.usage.output_tokens", reply?.Usage?.Output);
        _span.SetTag("arenabench.status", status);
        if (reply is null)
        {
            _span.SetTag("error.type", status);
            _span.SetStatus(ActivityStatusCode.Error);
        }

        _span.Dispose();
    }

    private static IEnumerable<KeyValuePair<string, object?>> Identity(ModelSettings model, RequestFacts facts) =>
    [
        new("gen_ai.operation.name", "chat"),
        new("gen_ai.provider.name", ProviderName.Of(model.ApiType)),
        new("gen_ai.request.model", model.ModelName),
        new("server.address", facts.Host.Split(':')[0]),
        new("arenabench.model", model.Name),
    ];

    internal readonly struct WaitingCall(KeyValuePair<string, object?> model) : IDisposable
    {
        public void Dispose() => Waiting.Add(-1, model);
    }
}
