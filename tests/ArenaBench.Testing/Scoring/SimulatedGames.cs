using ArenaBench.Core.Answers;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Testing.Scoring;

/// <summary>A made-up pairwise benchmark whose truth is known: a judge that feels the models' strengths, the question, the position and
/// the style, and says what it feels with noise.</summary>
/// <param name="Strengths">Of the models m00, m01, … against the baseline, logits.</param>
/// <param name="SharedDeviation">Spread of how a question suits all models alike, against the baseline.</param>
/// <param name="OwnDeviation">Spread of how a question suits one model.</param>
/// <param name="Position">Logits that the answer shown first has in advance.</param>
/// <param name="LengthEffect">Logits per unit of the relative length difference.</param>
/// <param name="TieBelow">What is felt below this is called a tie.</param>
/// <param name="StrongAbove">What is felt above this is called much better.</param>
public sealed record SimulatedGames(
    IReadOnlyList<double> Strengths,
    int Questions,
    double SharedDeviation = 1.2,
    double OwnDeviation = 1.2,
    double Position = 0.3,
    double LengthEffect = 0,
    double TieBelow = 0.3,
    double StrongAbove = 2.5)
{
    public const string Baseline = "baseline";
    public const string Judge = "judge";

    public static string Model(int number) => $"m{number:00}";

    public static string Question(int number) => $"q{number:000000}";

    /// <summary>One sample of the benchmark.</summary>
    public BattleTable Draw(int seed)
    {
        var random = new Random(seed);
        var builder = new BattleTableBuilder();
        for (var q = 0; q < Questions; q++)
        {
            builder.AddQuestion(Question(q), "all");
            var shared = SharedDeviation * Normal(random);
            var baseline = Answer(random, 0);
            builder.AddStyle(Question(q), Baseline, baseline);
            for (var m = 0; m < Strengths.Count; m++)
            {
                // Some models write longer than others.
                var answer = Answer(random, 0.15 * (m % 3));
                builder.AddStyle(Question(q), Model(m), answer);
                var length = ((double)answer.Tokens - baseline.Tokens) / (answer.Tokens + baseline.Tokens);
                var quality = Strengths[m] + shared + (OwnDeviation * Normal(random)) + (LengthEffect * length);
                builder.AddGame(Question(q), Model(m), Baseline, Judge, 1, Say(-quality + Position + Logistic(random)));
                builder.AddGame(Question(q), Model(m), Baseline, Judge, 2, Say(quality + Position + Logistic(random)));
            }
        }

        return builder.Build();
    }

    /// <summary>The expected weighted win rate of a model, percent: the mean over questions, both positions and the noise, by
    /// integration. Without length effect only.</summary>
    public double TrueWinRate(int model, double strongWeight = 3)
    {
        if (LengthEffect != 0)
            throw new InvalidOperationException("With a length effect the win rate has no simple integral.");
        double won = 0, votes = 0;
        foreach (var (density, first, second) in OverQuestions(model))
        {
            foreach (var game in (Outcome[])[first, second])
            {
                won += density * ((strongWeight * game.StrongWin) + game.Win + (game.Tie / 2));
                votes += density * ((strongWeight * (game.StrongWin + game.StrongLoss)) + game.Win + game.Tie + game.Loss);
            }
        }

        return 100 * won / votes;
    }

    /// <summary>Correlation, over questions, between a model's scores (1, ½, 0) in the two games of a question, length effects apart:
    /// how far the two are one observation.</summary>
    public double GameCorrelation(int model)
    {
        double mass = 0, one = 0, two = 0, oneSquared = 0, twoSquared = 0, both = 0;
        foreach (var (density, first, second) in OverQuestions(model))
        {
            mass += density;
            one += density * first.Score;
            two += density * second.Score;
            oneSquared += density * first.ScoreSquared;
            twoSquared += density * second.ScoreSquared;
            both += density * first.Score * second.Score; // given the question, the games are independent
        }

        one /= mass;
        two /= mass;
        return ((both / mass) - (one * two)) / Math.Sqrt(((oneSquared / mass) - (one * one)) * ((twoSquared / mass) - (two * two)));
    }

    private readonly record struct Outcome(double StrongWin, double Win, double Tie, double Loss, double StrongLoss)
    {
        public double Score => StrongWin + Win + (Tie / 2);

        public double ScoreSquared => StrongWin + Win + (Tie / 4);
    }

    private IEnumerable<(double Density, Outcome First, Outcome Second)> OverQuestions(int model)
    {
        var deviation = Math.Sqrt((SharedDeviation * SharedDeviation) + (OwnDeviation * OwnDeviation));
        for (var i = -4000; i <= 4000; i++)
        {
            var z = i / 500.0;
            var quality = Strengths[model] + (deviation * z);
            yield return (Math.Exp(-z * z / 2), Chances(quality - Position), Chances(quality + Position));
        }
    }

    /// <param name="felt">For the model, before the noise.</param>
    private Outcome Chances(double felt)
    {
        double strongWin = Above(felt, StrongAbove), win = Above(felt, TieBelow) - strongWin;
        double strongLoss = Above(-felt, StrongAbove), loss = Above(-felt, TieBelow) - strongLoss;
        return new(strongWin, win, 1 - win - strongWin - loss - strongLoss, loss, strongLoss);

        static double Above(double felt, double threshold) => 1 / (1 + Math.Exp(threshold - felt));
    }

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Logistic(Random random)
    {
        var u = Math.Max(random.NextDouble(), 1e-12);
        return Math.Log(u / (1 - u));
    }

    private static StyleCounts Answer(Random random, double longer)
    {
        var tokens = (int)(400 * Math.Exp(longer + (0.5 * Normal(random)))) + 1;
        return new(tokens, random.Next(6), random.Next(tokens / 20 + 2), random.Next(12));
    }

    /// <param name="towardsA">Positive: the answer shown first is felt to be better.</param>
    private Verdict Say(double towardsA) => Math.Abs(towardsA) switch
    {
        var size when size > StrongAbove => towardsA > 0 ? Verdict.AMuchBetter : Verdict.BMuchBetter,
        var size when size > TieBelow => towardsA > 0 ? Verdict.ABetter : Verdict.BBetter,
        _ => Verdict.Tie,
    };
}
