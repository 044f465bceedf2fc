using System.Text.Json;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>What of a run is there already, and why the rest is not taken over.</summary>
public sealed record ReuseReport(string Benchmark, bool Strict, IReadOnlyList<ReuseGroup> Groups);

/// <param name="Judge">Null: answers.</param>
/// <param name="Records">Answers or games.</param>
/// <param name="Why">In words; names the settings that changed, where a stored run tells.</param>
/// <param name="Questions">Some of them.</param>
public sealed record ReuseGroup(string Model, string? Judge, ReuseReason Reason, int Records, string Why, IReadOnlyList<string> Questions);

/// <summary>Explains what a run would reuse. Nothing is written, no model is called.</summary>
public sealed class ReuseExplanation(ArenaContainer store, RunCatalog runs)
{
    private const int QuestionsNamed = 5;

    public async Task<ReuseReport> ExplainAsync(FrozenRun run, CancellationToken cancellationToken)
    {
        var groups = new List<ReuseGroup>();
        foreach (var (model, found) in (await FoundRecords.ReadAsync(store, run, new DamagedRecords(), cancellationToken)).Index())
        {
            var isAsked = run.Spec.What != RunWork.Judge || model < run.Spec.Models.Count;
            foreach (var group in found.Reasons.GroupBy(decision => (decision.Judge, decision.Reason)).OrderBy(group => group.Key.Judge ?? -1).ThenBy(group => group.Key.Reason))
            {
                if (!isAsked)
                    continue;
                var changed = group.Key is { Judge: null, Reason: ReuseReason.MadeOtherwise } ? await ChangedAsync(run, model, group.First(), cancellationToken) : null;
                groups.Add(new ReuseGroup(
                    run.Spec.AnsweringModels[model].Name, group.Key.Judge is { } judge ? run.Spec.Judges[judge].Name : null, group.Key.Reason,
                    group.Count(), changed ?? Why(group.Key.Reason, group.Key.Judge is not null),
                    [.. group.Select(decision => run.Questions[decision.Question].Question.Id).Distinct().Take(QuestionsNamed)]));
            }
        }

        return new ReuseReport(run.Spec.Benchmark, run.Spec.Strict, groups);
    }

    private static string Why(ReuseReason reason, bool isGame) => reason switch
    {
        ReuseReason.Reused => isGame ? "judged before: the same answers, prompt and judge's settings" : "answered before: the same question and settings",
        ReuseReason.Imported => "imported: taken over, though what it was made from is not known; strict: true makes it again",
        ReuseReason.NoRecord => "there is none",
        ReuseReason.ImportedButStrict => "imported, and the run is strict: what it was made from is not known",
        ReuseReason.AnswerIsNew => "the answer that it judges, or the baseline's, has to be made",
        _ => isGame
            ? "judged otherwise: the answer, the reference, the prompt or the judge's settings were others"
            : "answered otherwise: the question or the settings were others",
    };

    /// <summary>Looks for the run that made the record, and compares its settings.</summary>
    private async Task<string?> ChangedAsync(FrozenRun run, int model, ReuseDecision decision, CancellationToken cancellationToken)
    {
        var (now, name, id) = (run.Spec.AnsweringModels[model].Settings!, run.Spec.AnsweringModels[model].Name, run.Questions[decision.Question].Question.Id);
        await foreach (var stored in store.Runs.ListAsync(cancellationToken))
        {
            for (var past = await runs.FindLastAsync(stored, cancellationToken); past is not null; past = past.Spec.Attempt > 1 ? await runs.FindAsync(stored, past.Spec.Attempt - 1, cancellationToken) : null)
            {
                var was = past.Spec.AnsweringModels.FirstOrDefault(known => known.Name == name)?.Settings;
                var asked = past.Questions.FirstOrDefault(frozen => frozen.Question.Id == id)?.Question;
                if (was is null || asked is null || past.Spec.Benchmark != run.Spec.Benchmark || AnswerFingerprint.Of(past.Spec, was, asked) != decision.Fingerprint)
                    continue;
                var changes = Differences(ModelSettingsText.Of(was), ModelSettingsText.Of(now))
                    .Concat(Differences(JsonSerializer.Serialize(past.Spec.Generation with { ModelList = [] }), JsonSerializer.Serialize(run.Spec.Generation with { ModelList = [] })))
                    .ToArray();
                return $"answered otherwise by run {stored}: {(changes.Length > 0 ? string.Join(", ", changes) : "the question was another")}";
            }
        }

        return null;
    }

    private static IEnumerable<string> Differences(string was, string now)
    {
        using var before = JsonDocument.Parse(was);
        using var after = JsonDocument.Parse(now);
        return [.. before.RootElement.EnumerateObject()
            .Where(field => after.RootElement.TryGetProperty(field.Name, out var other) && other.GetRawText() != field.Value.GetRawText())
            .Select(field => $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name)} was {Shown(field.Value)}, is {Shown(after.RootElement.GetProperty(field.Name))}")];
    }

    private static string Shown(JsonElement value) => value.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : value.GetRawText();
}
