using System.Text.Json;
using System.Text.Json.Serialization;
using ArenaBench.Core.Costs;

namespace ArenaBench.Core.Records;

/// <summary>One line of <c>runs/{run}/parts/{shard}.jsonl</c>: what was done for a key, success or failure.</summary>
/// <param name="Schema">Version of this format; see docs/formats.md.</param>
/// <param name="Reason">For a failure: what was wrong and what to do. Never a secret.</param>
/// <param name="Attempts">Calls made for this record so far, this run, that were or may have been paid.</param>
/// <param name="LatencyMs">Of the call that succeeded (or the last), milliseconds.</param>
/// <param name="Fingerprint">Of what was asked; null for imported records.</param>
/// <param name="ModelVersion">The model name that the endpoint returned.</param>
/// <param name="Record">Answer: the dialect's line. Game: <see cref="Judging.Game"/> in the dialect-neutral form. Null for failures.</param>
/// <param name="Unreported">Those of <paramref name="Attempts"/> whose use nobody reported, with what they cost at most.</param>
public sealed record RecordEnvelope(
    int Schema,
    RecordKey Key,
    RecordStatus Status,
    string? Reason,
    int Attempts,
    TokenUsage? Usage,
    double? LatencyMs,
    string? Fingerprint,
    string? ModelVersion,
    JsonElement? Record,
    CallBound? Unreported = null)
{
    public const int CurrentSchema = 1;

    /// <summary>The reason of an answer that was cut; also of one that is taken over.</summary>
    public const string CutAtLimit = "cut at max_tokens";

    [JsonIgnore]
    public bool IsTruncated => Status == RecordStatus.Truncated || (Status == RecordStatus.Reused && Reason == CutAtLimit);
}

/// <param name="Reasoning">Part of <paramref name="Output"/> spent on thinking.</param>
/// <param name="CachedInput">Part of <paramref name="Input"/> that the provider had cached.</param>
public sealed record TokenUsage(long Input, long Output, long Reasoning = 0, long CachedInput = 0);

/// <summary>How a piece of work ended. Only <see cref="Ok"/>, <see cref="Truncated"/> and <see cref="Reused"/> carry a record.</summary>
public enum RecordStatus
{
    Ok,

    /// <summary>An answer cut at its token limit: kept, flagged, judged.</summary>
    Truncated,

    /// <summary>Taken over from the canonical file, paid for earlier or imported.</summary>
    Reused,

    ContentFilter,
    Empty,
    Timeout,
    Malformed,
    ContextTooLong,
    QuotaExhausted,
    KeyRefused,
    UnknownModel,
    UnsupportedParameter,
    EndpointFailed,

    /// <summary>Not tried: the question has no reference, or its answer is missing or failed.</summary>
    MissingReference,
    MissingAnswer,
    MissingBaseline,

    /// <summary>Not tried: the model was stopped by a fatal failure, or the budget was used up.</summary>
    Stopped,
    OverBudget,

    /// <summary>Not tried, or given up: the run was cancelled.</summary>
    Cancelled,

    /// <summary>A call that was begun, in the log of a run with a budget: it may have been paid, whatever became of it.</summary>
    Begun,
}

public static class RecordStatuses
{
    /// <summary>Something came of it, whole or cut.</summary>
    public static bool HasRecord(this RecordStatus status) => status is RecordStatus.Ok or RecordStatus.Truncated or RecordStatus.Reused;

    /// <summary>As files and answers over HTTP name it: <c>content_filter</c>.</summary>
    public static string Name(this RecordStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    /// <summary>Every other call to this model would fail too.</summary>
    public static bool IsFatal(this RecordStatus status) => status is RecordStatus.KeyRefused or RecordStatus.UnknownModel
        or RecordStatus.QuotaExhausted or RecordStatus.UnsupportedParameter;
}
