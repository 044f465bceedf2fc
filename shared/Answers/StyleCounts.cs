namespace ArenaBench.Core.Answers;

/// <summary>The four numbers of one answer that style control compares: tokens, headers, list items, bold spans.</summary>
public readonly record struct StyleCounts(int Tokens, int Headers, int Lists, int Bolds)
{
    /// <summary>The levels of a published <c>metadata</c> (h1 to h6, ordered and unordered, ** and __) summed.</summary>
    public static StyleCounts Of(StyleMetadata metadata) => new(
        metadata.TokenLen,
        metadata.HeaderCount.Values.Sum(),
        metadata.ListCount.Values.Sum(),
        metadata.BoldCount.Values.Sum());
}
