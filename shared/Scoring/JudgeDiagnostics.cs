namespace ArenaBench.Core.Scoring;

/// <summary>How far judges agree with themselves when positions are swapped. Pairs that neither agree nor contradict are those of a
/// tie and a preference.</summary>
/// <param name="Pairs">Questions of which both games have a verdict, per model and judge.</param>
/// <param name="Agree">Both games prefer the same model, or both are ties.</param>
/// <param name="Contradict">The games prefer different models.</param>
/// <param name="FirstPosition">Percent of games, ties half, that the answer shown first wins.</param>
/// <param name="FirstInBoth">Of those that contradict: the answer shown first won both games. In the others the second did.</param>
public sealed record JudgeConsistency(int Pairs, int Agree, int Contradict, double? FirstPosition, int FirstInBoth = 0);

/// <summary>What one judge is like: material to decide whether its verdicts can be trusted. Intervals are by question.</summary>
/// <param name="Games">With a verdict.</param>
/// <param name="Unscored">Without one.</param>
/// <param name="Ties">Percent of games that are ties.</param>
/// <param name="Strong">Percent of games with a strong verdict.</param>
/// <param name="Agree">Percent of pairs in which swapping positions changes nothing about who is preferred.</param>
/// <param name="FirstPosition">Percent of games, ties half, that the answer shown first wins: 50 without a bias.</param>
/// <param name="Biased">The interval of <paramref name="FirstPosition"/> leaves 50 out; null without an interval.</param>
public sealed record JudgeHabits(
    string Judge,
    int Games,
    int Unscored,
    double? Ties,
    double? Strong,
    JudgeConsistency Consistency,
    Estimate Agree,
    Estimate FirstPosition,
    bool? Biased);

/// <summary>How far two judges say the same of the same games.</summary>
/// <param name="Games">That both gave a verdict on.</param>
/// <param name="Same">Both prefer the same answer, or both call it a tie.</param>
/// <param name="Opposite">They prefer different answers.</param>
/// <param name="Agree">Percent of games in which they say the same; the interval is by question.</param>
/// <param name="Kappa">Cohen's: agreement beyond what their shares of wins, ties and losses give by chance; 1 is perfect, 0 is
/// chance. Null where chance alone would make them agree always.</param>
public sealed record JudgeAgreement(string First, string Second, int Games, int Same, int Opposite, Estimate Agree, double? Kappa);
