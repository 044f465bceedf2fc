using System.Collections.Concurrent;
using ArenaBench.Functions.Api;

namespace ArenaBench.Functions.Viewer;

/// <summary>How fast runs go: from what their pages showed in the last minutes, else from their start. It remembers nothing that matters:
/// another host, or this one after a restart, begins anew.</summary>
public sealed class RunPace(TimeProvider time)
{
    private const int MostRuns = 64;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<string, Queue<Sample>> _runs = new(StringComparer.Ordinal);

    internal Pace Of(RunDetail run)
    {
        var now = new Sample(time.GetUtcNow(), [.. run.Models.Select(model => Done(model.Totals))]);
        if (!RunState.IsGoing(run.Status))
        {
            _runs.TryRemove(run.Id, out _);
            return new Pace(null, [.. run.Models.Select(_ => (double?)null)], null);
        }

        var first = First($"{run.Id}:{run.Attempt}", now) ?? new Sample(run.Created, [.. run.Models.Select(_ => 0)]);
        var minutes = (now.At - first.At).TotalMinutes;
        double?[] rates = [.. now.Done.Zip(first.Done, (after, before) => minutes > 0 ? Math.Max(0, after - before) / minutes : (double?)null)];
        return new Pace(rates.Sum(), rates, TimeLeft(run, rates));
    }

    /// <summary>Models work side by side: the run ends with the one that takes longest.</summary>
    private static TimeSpan? TimeLeft(RunDetail run, IReadOnlyList<double?> rates)
    {
        var longest = TimeSpan.Zero;
        foreach (var (model, rate) in run.Models.Zip(rates))
        {
            if (Pace.Left(model.Totals) == 0)
                continue;
            if (Pace.TimeLeft(model.Totals, rate) is not { } left)
                return null;
            longest = left > longest ? left : longest;
        }

        return longest;
    }

    /// <returns>The oldest sample of the window, once it is old enough to tell anything.</returns>
    private Sample? First(string run, Sample now)
    {
        if (_runs.Count >= MostRuns && !_runs.ContainsKey(run))
            _runs.Clear();
        var samples = _runs.GetOrAdd(run, _ => new Queue<Sample>());
        lock (samples)
        {
            while (samples.TryPeek(out var oldest) && now.At - oldest.At > Window)
                samples.Dequeue();
            var first = samples.TryPeek(out var kept) && now.At - kept.At >= Shortest ? kept : null;
            samples.Enqueue(now);
            return first;
        }
    }

    private static int Done(Orchestrators.WorkTotals totals) => totals.AnswersDone + totals.GamesDone;

    private sealed record Sample(DateTimeOffset At, IReadOnlyList<int> Done);
}

/// <param name="PerMinute">Answers and games of all models; null for a run that does not go.</param>
/// <param name="ModelsPerMinute">In the order of the run's models.</param>
/// <param name="UntilEnd">Null where nothing can be said.</param>
internal sealed record Pace(double? PerMinute, IReadOnlyList<double?> ModelsPerMinute, TimeSpan? UntilEnd)
{
    public static int Left(Orchestrators.WorkTotals totals) => totals.Answers - totals.AnswersDone + totals.Games - totals.GamesDone;

    public static TimeSpan? TimeLeft(Orchestrators.WorkTotals totals, double? perMinute) =>
        perMinute is > 0 ? TimeSpan.FromMinutes(Math.Min(Left(totals) / perMinute.Value, 60_000)) : null;
}
