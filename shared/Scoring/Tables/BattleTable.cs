using ArenaBench.Core.Answers;

namespace ArenaBench.Core.Scoring;

/// <summary>All games of a benchmark as columns, in an order that does not depend on the order they were read in.
/// Made by <see cref="BattleTableBuilder"/>; scored by <c>PairwiseScoring</c>.</summary>
public sealed class BattleTable
{
    internal BattleTable(
        string[] questions, string[] categories, int[] categoryOf, string[] models, string[] judges, string[] reasons,
        GameRow[] games, StyleCounts[]?[] styles, bool[]?[] hasStyle, bool[]?[] hasTokens, bool[] contestant, int duplicates, int unknownQuestions)
    {
        Questions = questions;
        Categories = categories;
        CategoryOf = categoryOf;
        Models = models;
        Judges = judges;
        Reasons = reasons;
        Games = games;
        Styles = styles;
        HasStyle = hasStyle;
        HasTokens = hasTokens;
        Contestant = contestant;
        Duplicates = duplicates;
        UnknownQuestions = unknownQuestions;
    }

    /// <summary>Every question of the benchmark, in ordinal order.</summary>
    public IReadOnlyList<string> Questions { get; }

    public IReadOnlyList<string> Categories { get; }

    /// <summary>Models and baselines, in ordinal order.</summary>
    public IReadOnlyList<string> Models { get; }

    public IReadOnlyList<string> Judges { get; }

    public int GameCount => Games.Length;

    /// <summary>Games left out because the same game was there already; the first one added counts.</summary>
    public int Duplicates { get; }

    /// <summary>Games left out because their question is not in the set.</summary>
    public int UnknownQuestions { get; }

    internal int[] CategoryOf { get; }

    internal string[] Reasons { get; }

    /// <summary>Sorted by model, baseline, question, judge, game.</summary>
    internal GameRow[] Games { get; }

    /// <summary>By model, then by question; null for a model without any.</summary>
    internal StyleCounts[]?[] Styles { get; }

    internal bool[]?[] HasStyle { get; }

    /// <summary>Where at least the tokens of <see cref="Styles"/> are known.</summary>
    internal bool[]?[] HasTokens { get; }

    /// <summary>By model: judged, or meant to be, and not only compared with.</summary>
    internal bool[] Contestant { get; }
}

/// <summary>One game. <see cref="Outcome"/> is a <see cref="Judging.Verdict"/>, or -1 - reason.</summary>
internal readonly record struct GameRow(int Question, short Model, short Baseline, short Judge, byte Game, sbyte Outcome)
{
    public bool Scored => Outcome >= 0;

    public int Reason => -1 - Outcome;
}
