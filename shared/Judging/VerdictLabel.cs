namespace ArenaBench.Core.Judging;

/// <summary>The labels that judges write: <c>A&gt;&gt;B</c>, <c>A&gt;B</c>, <c>A=B</c>, <c>B&gt;A</c>, <c>B&gt;&gt;A</c> and the reversed spellings.</summary>
public static class VerdictLabel
{
    /// <returns>Null when the label is none of them.</returns>
    public static Verdict? Parse(string label) => label switch
    {
        "A>>B" or "B<<A" => Verdict.AMuchBetter,
        "A>B" or "B<A" => Verdict.ABetter,
        "A=B" or "B=A" => Verdict.Tie,
        "B>A" or "A<B" => Verdict.BBetter,
        "B>>A" or "A<<B" => Verdict.BMuchBetter,
        _ => null,
    };

    /// <summary>The published spelling.</summary>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.AMuchBetter => "A>>B",
        Verdict.ABetter => "A>B",
        Verdict.Tie => "A=B",
        Verdict.BBetter => "B>A",
        Verdict.BMuchBetter => "B>>A",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict."),
    };
}
