using ArenaBench.Core.Answers;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Tests.Scoring;

internal sealed record TestGame(string Question, string Model, string Baseline, string Judge, int Number, Verdict? Verdict);

/// <summary>Random games as a plain list, so that tests can shuffle, duplicate and score them by other means.</summary>
internal sealed class RandomGames
{
    public Dictionary<string, string> Category { get; } = [];

    public List<TestGame> Games { get; private set; } = [];

    public Dictionary<(string Question, string Model), StyleCounts> Styles { get; } = [];

    /// <param name="baselines">One: all models against it. Several: one per category. As many as models: all against all.</param>
    /// <param name="gaps">Share of games without a verdict.</param>
    public static RandomGames Draw(int seed, int models = 5, int questions = 30, int baselines = 1, int judges = 1, double gaps = 0)
    {
        var random = new Random(seed);
        var result = new RandomGames();
        var verdicts = Enum.GetValues<Verdict>();
        for (var q = 0; q < questions; q++)
        {
            var question = $"q{q:000}";
            result.Category[question] = $"c{q % Math.Max(1, baselines)}";
            for (var m = 0; m < models + baselines; m++)
                result.Styles[(question, Name(m, baselines))] = new(random.Next(1, 900), random.Next(8), random.Next(20), random.Next(15));
            for (var m = 0; m < models; m++)
            {
                for (var j = 0; j < judges; j++)
                {
                    for (var g = 1; g <= 2; g++)
                    {
                        // Later models win more often.
                        var lean = (random.Next(5) + random.Next(5) + (g == 1 ? 1 : -1) * (m - (models / 2))) / 2;
                        Verdict? verdict = random.NextDouble() < gaps ? null : verdicts[Math.Clamp(lean, 0, 4)];
                        result.Games.Add(new(question, $"m{m}", $"b{q % baselines}", $"j{j}", g, verdict));
                    }
                }
            }
        }

        return result;
    }

    /// <summary>Every model against every other.</summary>
    public static RandomGames AllAgainstAll(int seed, int models, int questions)
    {
        var random = new Random(seed);
        var verdicts = Enum.GetValues<Verdict>();
        var result = new RandomGames();
        for (var q = 0; q < questions; q++)
        {
            result.Category[$"q{q}"] = "all";
            for (var m = 0; m < models; m++)
            {
                result.Styles[($"q{q}", $"m{m}")] = new(random.Next(1, 900), random.Next(8), random.Next(20), random.Next(15));
                for (var b = 0; b < m; b++)
                    result.Games.Add(new($"q{q}", $"m{m}", $"m{b}", "judge", 1 + random.Next(2), verdicts[random.Next(5)]));
            }
        }

        return result;
    }

    public RandomGames Shuffled(int seed)
    {
        var random = new Random(seed);
        var copy = new RandomGames { Games = [.. Games.OrderBy(_ => random.Next())] };
        foreach (var (question, category) in Category.OrderBy(_ => random.Next()))
            copy.Category[question] = category;
        foreach (var (key, style) in Styles.OrderBy(_ => random.Next()))
            copy.Styles[key] = style;
        return copy;
    }

    public BattleTable Table()
    {
        var builder = new BattleTableBuilder();
        foreach (var (question, category) in Category)
            builder.AddQuestion(question, category);
        foreach (var g in Games)
        {
            Assert.True(g.Verdict is { } verdict
                ? builder.AddGame(g.Question, g.Model, g.Baseline, g.Judge, g.Number, verdict)
                : builder.AddUnscored(g.Question, g.Model, g.Baseline, g.Judge, g.Number, "no_score"));
        }

        foreach (var ((question, model), counts) in Styles)
            builder.AddStyle(question, model, counts);
        return builder.Build();
    }

    private static string Name(int number, int baselines) => number < baselines ? $"b{number}" : $"m{number - baselines}";
}
