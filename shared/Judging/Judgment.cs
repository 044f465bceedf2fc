using System.Text.Json;
using ArenaBench.Core.Models;

namespace ArenaBench.Core.Judging;

/// <summary>What a judge said of one model's answer to one question: one game (single rating) or two (pairwise).</summary>
/// <param name="Judge">Absent in dialects whose records do not name it: the configuration does.</param>
/// <param name="Baseline">Pairwise: the model compared with.</param>
/// <param name="Games">Single: one; pairwise: two, the second with swapped positions. A missing game is null.</param>
/// <param name="Category">v2.0 repeats the question's.</param>
public sealed record Judgment(
    string QuestionId,
    string Model,
    string? Judge,
    string? Baseline,
    IReadOnlyList<Game?> Games,
    double? Time,
    JsonElement Source,
    string? Category = null);

/// <summary>One call of a judge and what was read from its reply.</summary>
/// <param name="UserPrompt">The last user message sent, byte for byte.</param>
/// <param name="Text">The judge's reply, thinking excluded.</param>
/// <param name="Prompt">Every message sent, where the dialect records them (v2.0); else null.</param>
public sealed record Game(
    string UserPrompt, string Text, string? Thought, Score Score, IReadOnlyList<ChatTurn>? Prompt = null);

/// <summary>A rating, a verdict, or the reason why there is neither. Exactly one of the three is set.</summary>
public sealed record Score
{
    private Score() { }

    public double? Rating { get; private init; }

    public Verdict? Verdict { get; private init; }

    public UnscoredReason? Unscored { get; private init; }

    public static Score OfRating(double rating) => new() { Rating = rating };

    public static Score OfVerdict(Verdict verdict) => new() { Verdict = verdict };

    public static Score None(UnscoredReason reason) => new() { Unscored = reason };
}

/// <summary>A pairwise verdict, as the judge gave it: A is the answer shown first.</summary>
public enum Verdict
{
    AMuchBetter,
    ABetter,
    Tie,
    BBetter,
    BMuchBetter,
}

/// <summary>Why a reply holds no score.</summary>
public enum UnscoredReason
{
    /// <summary>No pattern matched.</summary>
    NoScore,

    /// <summary>Several that disagree (v1: several at all).</summary>
    SeveralScores,

    OutOfRange,

    NotANumber,

    UnknownLabel,

    /// <summary>Published records say only that there is none (-1 or null).</summary>
    Recorded,
}
