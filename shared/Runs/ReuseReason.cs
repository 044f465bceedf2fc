namespace ArenaBench.Core.Runs;

/// <summary>Why a stored record is taken over, or not.</summary>
public enum ReuseReason
{
    /// <summary>Made from the same question, settings and prompt.</summary>
    Reused,

    /// <summary>Imported: what it was made from is not known.</summary>
    Imported,

    /// <summary>There is none.</summary>
    NoRecord,

    /// <summary>Made from another question, other settings or another prompt.</summary>
    MadeOtherwise,

    /// <summary>Imported, and the run is strict.</summary>
    ImportedButStrict,

    /// <summary>A judgment stands on its answers, and one of them has to be made.</summary>
    AnswerIsNew,
}

internal static class ReuseReasons
{
    public static bool IsHit(this ReuseReason reason) => reason is ReuseReason.Reused or ReuseReason.Imported;
}

/// <summary>What was decided for one answer, or one game of a judge.</summary>
internal sealed record ReuseDecision(int Question, int? Judge, ReuseReason Reason, string? Fingerprint = null);
