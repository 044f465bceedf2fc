namespace ArenaBench.Core.Scoring;

/// <summary>All single ratings of a benchmark, in an order that does not depend on the order they were read in.
/// Made by <see cref="RatingTableBuilder"/>; scored by <c>SingleScoring</c>.</summary>
public sealed class RatingTable
{
    internal RatingTable(
        string[] questions, string[] categories, int[] categoryOf, string[] models, string[] judges, string[] reasons,
        RatingRow[] ratings, double[] tokens, int duplicates)
    {
        Questions = questions;
        Categories = categories;
        CategoryOf = categoryOf;
        Models = models;
        Judges = judges;
        Reasons = reasons;
        Ratings = ratings;
        Tokens = tokens;
        Duplicates = duplicates;
    }

    /// <summary>Every question of the benchmark, in ordinal order.</summary>
    public IReadOnlyList<string> Questions { get; }

    public IReadOnlyList<string> Categories { get; }

    public IReadOnlyList<string> Models { get; }

    public IReadOnlyList<string> Judges { get; }

    /// <summary>Ratings left out because the same one was there already; the first one added counts.</summary>
    public int Duplicates { get; }

    internal int[] CategoryOf { get; }

    internal string[] Reasons { get; }

    /// <summary>Sorted by model, question, judge.</summary>
    internal RatingRow[] Ratings { get; }

    /// <summary>Tokens of answers, model by model; -1 where unknown.</summary>
    internal double[] Tokens { get; }
}

/// <param name="Reason">-1 for a valid rating.</param>
internal readonly record struct RatingRow(int Question, int Model, int Judge, int Reason, double Rating);
