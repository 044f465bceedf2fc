using ArenaBench.Core.Answers;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Testing.Scoring;

/// <summary>Games drawn from the very model that style control fits, ties and strong verdicts included: strengths and style effects
/// are known exactly.</summary>
/// <param name="Strengths">Of m00, m01, … against the baseline at equal style, logits.</param>
/// <param name="Effects">Logits per unit of the length, header, list and bold difference of v2.0.</param>
public sealed record KnownGames(IReadOnlyList<double> Strengths, IReadOnlyList<double> Effects, int Questions)
{
    private const double Strong = 3, StrongShare = 0.25, Ties = 0.15;

    public BattleTable Draw(int seed)
    {
        var random = new Random(seed);
        var builder = new BattleTableBuilder();
        for (var q = 0; q < Questions; q++)
        {
            var question = SimulatedGames.Question(q);
            builder.AddQuestion(question, "all");
            var baseline = Answer(random);
            builder.AddStyle(question, SimulatedGames.Baseline, baseline);
            for (var m = 0; m < Strengths.Count; m++)
            {
                var answer = Answer(random);
                builder.AddStyle(question, SimulatedGames.Model(m), answer);
                var logit = Strengths[m] + Differences(answer, baseline).Zip(Effects, (x, e) => x * e).Sum();
                for (var game = 1; game <= 2; game++)
                    builder.AddGame(question, SimulatedGames.Model(m), SimulatedGames.Baseline, SimulatedGames.Judge, game, Say(random, logit, game));
            }
        }

        return builder.Build();
    }

    private static double[] Differences(StyleCounts m, StyleCounts b)
    {
        return [((double)m.Tokens - b.Tokens) / (m.Tokens + b.Tokens), Density(m.Headers, b.Headers), Density(m.Lists, b.Lists), Density(m.Bolds, b.Bolds)];

        double Density(double x, double y)
        {
            x /= m.Tokens + 1;
            y /= b.Tokens + 1;
            return (x - y) / (x + y + 1);
        }
    }

    private static StyleCounts Answer(Random random)
    {
        var tokens = (int)(150 * Math.Exp(0.6 * SimulatedGames.Normal(random))) + 5;
        return new(tokens, random.Next(12), random.Next(25), random.Next(25));
    }

    /// <summary>Wins so often that the expected score, weighted as votes are, is exactly that of the logistic model: for a win
    /// probability p, ties t and mean weight w of the others, w a (1 - p) + t (½ - p) = w (1 - t - a) p.</summary>
    private static Verdict Say(Random random, double logit, int game)
    {
        var p = 1 / (1 + Math.Exp(-logit));
        var tie = Ties * 4 * p * (1 - p);
        const double weight = (StrongShare * Strong) + (1 - StrongShare);
        var win = ((1 - tie) * p) + (tie * (p - 0.5) / weight);
        var u = random.NextDouble();
        if (u < tie)
            return Verdict.Tie;
        var modelWins = u < tie + win;
        var strong = random.NextDouble() < StrongShare;
        var firstWins = modelWins == (game == 2);
        return firstWins ? (strong ? Verdict.AMuchBetter : Verdict.ABetter) : (strong ? Verdict.BMuchBetter : Verdict.BBetter);
    }
}
