using System.Text.Json.Serialization;
using ArenaBench.Core.Costs;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Runs;

/// <summary>What a run was and what its leaderboard stands on: enough to understand it, and to run it again.</summary>
/// <param name="Questions">Their ids, in order; what they say has the spec's hash.</param>
/// <param name="PromptHashes">Of the judge's prompt, by category of question.</param>
/// <param name="Damaged">Lines that are no records, by place: left out.</param>
public sealed record RunManifest(
    int Schema,
    RunSpec Spec,
    IReadOnlyList<string> Questions,
    IReadOnlyDictionary<string, string> PromptHashes,
    IReadOnlyList<ModelManifest> Models,
    IReadOnlyList<string>? Damaged = null)
{
    public const int CurrentSchema = 1;

    internal static RunManifest Of(FrozenRun run, ManifestCounts counts, DamagedRecords damaged) => new(
        CurrentSchema,
        run.Spec,
        [.. run.Questions.Select(frozen => frozen.Question.Id)],
        run.Spec.Judges.Count == 0
            ? new Dictionary<string, string>()
            : run.Questions.Select(frozen => frozen.Question.Category).Distinct().Order(StringComparer.Ordinal)
                .ToDictionary(category => category, category => PromptHash.Of(run.Spec.Judging, category)),
        counts.Models(),
        [.. (run.Plan?.Damaged ?? []).Concat(damaged.Named)]);
}

/// <summary>One model's part: as a model, or as a judge of all models.</summary>
/// <param name="Versions">Model names as the endpoint returned them.</param>
/// <param name="Made">Records made by this run.</param>
/// <param name="Truncated">Answers cut at their token limit, made or taken over.</param>
/// <param name="Reused">Taken over, made by an earlier run from the same question, settings and prompt.</param>
/// <param name="Imported">Taken over without a fingerprint: what they were made from is not known.</param>
/// <param name="Failed">By status.</param>
/// <param name="Calls">That were or may have been paid for.</param>
/// <param name="Cost">US dollars of what was reported; null without a price.</param>
/// <param name="Unreported">Of <paramref name="Calls"/>, those whose use nobody reported, with what they cost at most.</param>
public sealed record ModelManifest(
    string Model, bool IsJudge, IReadOnlyList<string> Versions, int Made, int Truncated, int Reused, int Imported,
    IReadOnlyDictionary<string, int> Failed, int Calls, TokenUsage Tokens, decimal? Cost,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CallBound? Unreported = null);
