using System.CommandLine;
using System.Globalization;
using ArenaBench.Core.Scoring;
using ArenaBench.Testing.Scoring;

namespace ArenaBench.Bench.Scoring;

/// <summary>Makes the table of docs/statistics.md that shows how often intervals hold the truth.</summary>
public sealed class CoverageCommand : IBenchCommand
{
    public Command Build()
    {
        var benchmarks = new Option<int>("--benchmarks") { Description = "How many benchmarks to simulate.", DefaultValueFactory = _ => 1000 };
        var questions = new Option<int>("--questions") { Description = "Questions of each.", DefaultValueFactory = _ => 250 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of each bootstrap.", DefaultValueFactory = _ => 1000 };
        var command = new Command("coverage", "Print how often 95% intervals hold the truth, by question and by vote.") { benchmarks, questions, rounds };
        command.SetAction(parsed => Print(parsed.GetValue(benchmarks), parsed.GetValue(questions), parsed.GetValue(rounds)));
        return command;
    }

    private static void Print(int benchmarks, int questions, int rounds)
    {
        var games = new SimulatedGames([-1.0, -0.3, 0.3, 1.0], questions, LengthEffect: 1.0);
        var correlations = Enumerable.Range(0, games.Strengths.Count).Select(games.GameCorrelation).ToList();
        var lines = new CoverageStudy(games, benchmarks, rounds, [StyleControl.None, StyleControl.LengthAndMarkdown]).Run();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{benchmarks:#,0} simulated benchmarks of {questions} questions × {games.Strengths.Count} models × 2 games, {rounds:#,0} rounds; correlation of the two games of a question {correlations.Min():0.00} to {correlations.Max():0.00}."));
        Console.WriteLine();
        Console.WriteLine("| 95% interval of | by question holds the truth | its mean width | by vote holds the truth | its mean width |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var quantity in lines.GroupBy(l => l.Quantity).OrderByDescending(g => g.Key, StringComparer.Ordinal))
        {
            var question = quantity.Single(l => l.Unit == BootstrapUnit.Question);
            var vote = quantity.Single(l => l.Unit == BootstrapUnit.Vote);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {quantity.Key} | {100 * question.Covers:0.0}% | {question.Width:0.00} | {100 * vote.Covers:0.0}% | {vote.Width:0.00} |"));
        }
    }
}
