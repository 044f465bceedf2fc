namespace ArenaBench.Core.Judging;

/// <summary>The names by which reasons are counted and shown.</summary>
public static class UnscoredReasonName
{
    public static string Of(UnscoredReason reason) => reason switch
    {
        UnscoredReason.NoScore => "no_score",
        UnscoredReason.SeveralScores => "several_scores",
        UnscoredReason.OutOfRange => "out_of_range",
        UnscoredReason.NotANumber => "not_a_number",
        UnscoredReason.UnknownLabel => "unknown_label",
        UnscoredReason.Recorded => "recorded",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason."),
    };
}
