using System.Diagnostics.Metrics;

namespace ArenaBench.Core.Telemetry;

/// <summary>How the workflow itself is doing, beside its calls.</summary>
public static class WorkflowMetrics
{
    private static readonly Histogram<double> Lag = ArenaTelemetry.Meter.CreateHistogram(
        "arenabench.orchestration.lag", "s", "From an orchestrator's turn to the start of the activity that it asked for.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300] });

    private static readonly Counter<long> Records = ArenaTelemetry.Meter.CreateCounter<long>("arenabench.records", "{record}", "Answers and games, by how they ended.");

    public static void Began(DateTime? asked, DateTimeOffset now)
    {
        if (asked is { } turn)
            Lag.Record(Math.Max(0, (now.UtcDateTime - DateTime.SpecifyKind(turn, DateTimeKind.Utc)).TotalSeconds));
    }

    /// <param name="kind">answer or game.</param>
    public static void Ended(string kind, string model, string status) =>
        Records.Add(1, new("arenabench.record.kind", kind), new("arenabench.model", model), new("arenabench.status", status));
}
