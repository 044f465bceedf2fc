using Microsoft.Extensions.Logging.Abstractions;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>
/// Shows that an orchestrator is deterministic: from every prefix of a recorded history its code, run anew, must do
/// exactly what it did then, inputs included. Stricter than a replay, which compares names and order only.
/// </summary>
public static class ReplayVerifier
{
    /// <param name="history">As <see cref="DurableEngine.ReadHistoryAsync"/> gives it.</param>
    /// <returns>The number of prefixes that were replayed.</returns>
    /// <exception cref="NonDeterministicOrchestrationException">Names the first line that came out differently.</exception>
    public static int Verify(IReadOnlyList<HistoryEvent> history, OrchestratorFunction orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        if (history is not [OrchestrationStarted started, ..])
            throw new ArgumentException("The history does not begin with the start of an orchestration.", nameof(history));

        var prefixes = 0;
        for (var line = 1; line < history.Count; line++)
        {
            if (history[line] is not IncomingEvent next)
                continue;
            var run = new OrchestrationRun(orchestrator, started, NullLoggerFactory.Instance, static _ => { });
            run.Replay([.. history.Take(line)]);
            Compare(history, line, run.Apply(next), run.CustomStatus);
            prefixes++;
        }

        return prefixes;
    }

    private static void Compare(
        IReadOnlyList<HistoryEvent> history, int line, IReadOnlyList<OrchestratorAction> produced, string? status)
    {
        var recorded = history.Skip(line + 1).TakeWhile(later => later is OrchestratorAction).Cast<OrchestratorAction>().ToList();
        if (recorded.OfType<StatusSet>().LastOrDefault() is { } set && set.Value != status)
            throw new NonDeterministicOrchestrationException(
                $"After history line {line + 1} the custom status was {set.Value}, but is {status ?? "null"} on replay.");

        recorded.RemoveAll(action => action is StatusSet);
        for (var i = 0; i < Math.Max(recorded.Count, produced.Count); i++)
        {
            var then = i < recorded.Count ? recorded[i] : null;
            var now = i < produced.Count ? produced[i] : null;
            if (!IsEqual(then, now))
                throw NonDeterministicOrchestrationException.At(line + 2 + i, then, now);
        }
    }

    /// <summary>Equal to the last field, but for the stacks of failures.</summary>
    private static bool IsEqual(OrchestratorAction? then, OrchestratorAction? now) => (then, now) switch
    {
        (Failed a, Failed b) => a.Failure.Type == b.Failure.Type && a.Failure.Message == b.Failure.Message,
        (ContinuedAsNew a, ContinuedAsNew b) => a.Input == b.Input && a.Carried.SequenceEqual(b.Carried),
        _ => Equals(then, now),
    };
}
