using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ArenaBench.Core.Runs;

namespace ArenaBench.Core.Telemetry;

/// <summary>
/// A run's spans: run → model → question → step (answer, judge) → call. Steps happen on any host, hours apart, and their parents
/// are known only when they have ended: so the parents' ids are derived from the run's frozen trace context, the same on every host,
/// and the parents are written afterwards, with the times that the orchestration knows. No state is kept for it anywhere.
/// </summary>
public sealed class RunTrace
{
    private readonly ActivityContext _accepted;
    private readonly RunSpec _spec;

    private RunTrace(RunSpec spec, ActivityContext accepted) => (_spec, _accepted) = (spec, accepted);

    /// <returns>Null: nobody listened when the run was accepted.</returns>
    public static RunTrace? Of(RunSpec spec) =>
        ActivityContext.TryParse(spec.Trace, null, isRemote: true, out var context) && context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
            ? new RunTrace(spec, context)
            : null;

    /// <summary>The acceptance of a run: the root of its trace, or a child of the caller's.</summary>
    /// <param name="traceParent">The request's W3C header.</param>
    public static Activity? Accept(string? traceParent)
    {
        if (ActivityContext.TryParse(traceParent, null, isRemote: true, out var caller))
            return ArenaTelemetry.Source.StartActivity("POST /api/runs", ActivityKind.Server, caller);
        // The web server's own span is not exported: it must not become a parent that nobody finds.
        var current = Activity.Current;
        Activity.Current = null;
        var span = ArenaTelemetry.Source.StartActivity("POST /api/runs", ActivityKind.Server);
        if (span is null)
            Activity.Current = current;
        return span;
    }

    /// <summary>One activity's work on a question; dispose it when it ends. Calls made within become its children.</summary>
    public Activity? Step(string kind, int model, int question, string? judge = null, int? game = null)
    {
        var span = ArenaTelemetry.Source.StartActivity(kind, ActivityKind.Internal, Context(QuestionId(model, question)));
        Describe(span, model, question);
        span?.SetTag("arenabench.judge", judge);
        span?.SetTag("arenabench.game", game);
        return span;
    }

    public void Question(int model, int question, DateTime start, DateTime end) =>
        Write("question", QuestionId(model, question), ModelId(model), start, end, span => Describe(span, model, question));

    public void Model(int model, DateTime start, DateTime end) =>
        Write("model", ModelId(model), RunId, start, end, span => Describe(span, model, null));

    public void Run(DateTime start, DateTime end, bool failed) => Write("run", RunId, _accepted.SpanId, start, end, span =>
    {
        Describe(span, null, null);
        span.SetTag("arenabench.benchmark", _spec.Benchmark);
        if (failed)
            span.SetStatus(ActivityStatusCode.Error);
    });

    private ActivitySpanId RunId => Derive("run");

    private ActivitySpanId ModelId(int model) => Derive($"model {model}");

    private ActivitySpanId QuestionId(int model, int question) => Derive($"question {model} {question}");

    private ActivitySpanId Derive(string what)
    {
        var seed = $"{_accepted.TraceId}/{_accepted.SpanId}/{_spec.Run}/{_spec.Attempt}/{what}";
        return ActivitySpanId.CreateFromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 8));
    }

    private ActivityContext Context(ActivitySpanId parent) => new(_accepted.TraceId, parent, ActivityTraceFlags.Recorded, isRemote: true);

    private void Write(string name, ActivitySpanId id, ActivitySpanId parent, DateTime start, DateTime end, Action<Activity> describe)
    {
        using var span = ArenaTelemetry.Source.StartActivity(
            name, ActivityKind.Internal, Context(parent), startTime: new DateTimeOffset(DateTime.SpecifyKind(start, DateTimeKind.Utc)));
        if (span is null)
            return;
        SpanIds.Set(span, id);
        describe(span);
        span.SetEndTime(DateTime.SpecifyKind(end > start ? end : start.AddTicks(1), DateTimeKind.Utc));
    }

    private void Describe(Activity? span, int? model, int? question)
    {
        if (span is not { IsAllDataRequested: true })
            return;
        span.SetTag("arenabench.run.id", _spec.Run);
        span.SetTag("arenabench.run.attempt", _spec.Attempt);
        if (model is { } index)
            span.SetTag("arenabench.model", _spec.AnsweringModels[index].Name);
        if (question is { } number)
            span.SetTag("arenabench.question.index", number);
    }
}
