namespace ArenaBench.Bench.Workflow;

/// <summary>Whether a large run costs as much at its end as at its start.</summary>
public sealed class Scale : IBenchmark
{
    public string Name => "scale";

    public string Description => $"{ScaleRun.Models} models × {ScaleRun.Questions} questions × 2 games × {ScaleRun.Judges} judges: {ScaleRun.Calls} calls, a restart in the middle";

    public async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellationToken) => Of(await ScaleRun.MeasureAsync(cancellationToken));

    internal static IReadOnlyList<Measurement> Of(ScaleFigures figures)
    {
        if (figures.Status != "Completed")
            throw new InvalidOperationException($"The run ended {figures.Status}.");
        return
        [
            new("calls a second, 70% to 95% of the work", figures.Rate(0.70, 0.95), "1/s"),
            new("that rate over the one from 5% to 30%", figures.Rate(0.70, 0.95) / figures.Rate(0.05, 0.30), "x", 0.8, AtLeast: true),
            new("memory at 95% of the work over that at 30%", figures.Memory(0.95) / figures.Memory(0.30), "x", 1.25),
            new("peak memory, endpoint included", figures.Samples.Max(sample => sample.WorkingSet) / 1048576.0, "MB"),
            new("status call, half of them within", figures.StatusWithin(0.5).TotalMilliseconds, "ms"),
            new("status call, 95% of them within", figures.StatusWithin(0.95).TotalMilliseconds, "ms"),
            new("slowest status call", figures.SlowestStatus.TotalMilliseconds, "ms", 50),
            new("an empty exchange of two threads at the same moments, 95% of them within", figures.EmptyWithin(0.95).TotalMilliseconds, "ms"),
            new("slowest empty exchange", figures.EmptyWithin(1).TotalMilliseconds, "ms"),
            new("from the stop to the next call", figures.Recovery.TotalSeconds, "s", 10),
            new("calls made twice", figures.Calls - ScaleRun.Calls, "calls", 256),
            new("blobs of the run", figures.Blobs, "blobs", ScaleRun.Calls / 50.0),
            new("wall time", figures.Took.TotalSeconds, "s"),
        ];
    }
}
