using ArenaBench.Core.Costs;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>The log that keeps a budget honest when hosts die: of a run with one, every try is written down before it may pay, with
/// what the work will have cost at most. A try that is found begun and not recorded was lost, and counts as paid.</summary>
public sealed class BegunCalls(RunParts parts)
{
    private const int TimesInAPass = 100_000;

    /// <returns>Null: go on. Else this try was begun before and is lost.</returns>
    internal async Task<StepOutcome?> BeginAsync(
        FrozenRun run, string part, RecordKey key, StepTries tried, int pass, CallBound bound, CancellationToken cancellationToken)
    {
        if (run.Spec.Budget is null)
            return null;
        var earlier = await parts.FindAsync(run.Spec.Run, PartNames.Begun(part), key, cancellationToken);
        if (earlier?.Attempts >= NumberOf(tried, pass))
            return StepOutcome.Lost(bound, tried);

        var whole = (tried.Spent ?? Spending.None).Plus(Spending.OfLost(bound));
        await parts.AppendAsync(run.Spec.Run, PartNames.Begun(part), new RecordEnvelope(
            RecordEnvelope.CurrentSchema, key, RecordStatus.Begun, null, NumberOf(tried, pass), whole.Usage, null, null, null, null, whole.Unreported), cancellationToken);
        return null;
    }

    /// <summary>With what the passes before this one have spent on it.</summary>
    internal async Task<StepTries> SinceAsync(FrozenRun run, string part, RecordKey key, StepTries tried, int pass, CancellationToken cancellationToken)
    {
        if (tried.Times > 0 || pass == 1 || run.Spec.Budget is null)
            return tried;
        var earlier = await parts.FindAsync(run.Spec.Run, PartNames.Begun(part), key, cancellationToken);
        return earlier is { } line && line.Attempts < NumberOf(tried, pass) ? tried.PlusLost(SpentBy(line, null)) with { Times = 0 } : tried;
    }

    /// <summary>Unlike that of any other try at the same work.</summary>
    private static int NumberOf(StepTries tried, int pass) => (pass * TimesInAPass) + tried.Times;

    /// <param name="price">Null: the dollars of what was reported are left out.</param>
    internal static Spending SpentBy(RecordEnvelope begun, Models.Price? price) =>
        Spending.Of(begun with { Attempts = begun.Unreported?.Calls ?? 0 }, price);
}
