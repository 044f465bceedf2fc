using System.Diagnostics;
using ArenaBench.Core.Scoring;
using ArenaBench.Testing.Scoring;

namespace ArenaBench.Bench.Scoring;

/// <summary>Time of scoring itself, after loading.</summary>
public sealed class ScoringSpeed : IBenchmark
{
    public string Name => "scoring";

    public string Description => "pairwise leaderboards on simulated games: 28 x 500 x 2 and 300 x 1,000 x 2";

    public Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellationToken)
    {
        var small = Table(models: 28, questions: 500);
        var styled = new PairwiseOptions { Style = StyleControl.LengthAndMarkdown };
        var measurements = new List<Measurement>();

        // The JIT's first passes are start-up, not scoring.
        for (var i = 0; i < 5; i++)
            Time(small, With(styled, 100), threads: 1, cancellationToken);
        var oneCore = Enumerable.Range(0, 5).Min(_ => Time(small, With(styled, 100), threads: 1, cancellationToken).Compute);
        measurements.Add(new("28 models, style control, 100 rounds, compute", oneCore, "s", 0.1));
        Add("28 models, style control, 1,000 rounds", small, With(styled, 1000), limit: 0.5);
        Add("28 models, win rate, 1,000 rounds", small, With(PairwiseOptions.Default, 1000), limit: 0.5);

        var large = Table(models: 300, questions: 1000);
        var byVote = With(styled, 1000);
        byVote = byVote with { Bootstrap = byVote.Bootstrap with { Unit = BootstrapUnit.Vote } };
        Add("300 models, win rate, 1,000 rounds", large, With(PairwiseOptions.Default, 1000), limit: 10);
        Add("300 models, style control, 1,000 rounds", large, With(styled, 1000), limit: 10);
        Add("300 models, style control by vote, 1,000 rounds", large, byVote, limit: null);
        AddLinearity(styled, measurements, cancellationToken);
        measurements.Add(new("peak memory, the simulation of games included", Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0, "MB", 1024));
        return Task.FromResult<IReadOnlyList<Measurement>>(measurements);

        void Add(string name, BattleTable table, PairwiseOptions options, double? limit)
        {
            var (wall, compute) = Time(table, options, threads: 0, cancellationToken);
            measurements.Add(new(name, wall, "s", limit));
            measurements.Add(new(name + ", compute", compute, "s"));
        }
    }

    /// <summary>Cost is linear in games and in rounds: with four times of either it is four times as much, give or take what stays the
    /// same and what no longer fits the cache. Compute on one core, best of three, so that other work on the machine tells little.</summary>
    private static void AddLinearity(PairwiseOptions options, List<Measurement> measurements, CancellationToken cancellationToken)
    {
        const int Times = 4, Rounds = 250;
        var one = Best(Table(models: 28, questions: 500), Rounds);
        measurements.Add(new("4 x the questions: compute per game, over that of one", Best(Table(models: 28, questions: Times * 500), Rounds) / Times / one, "x", 1.5));
        measurements.Add(new("4 x the models: compute per game, over that of one", Best(Table(models: Times * 28, questions: 500), Rounds) / Times / one, "x", 1.5));
        measurements.Add(new("4 x the rounds: compute per round, over that of one", Best(Table(models: 28, questions: 500), Times * Rounds) / Times / one, "x", 1.2));

        double Best(BattleTable table, int rounds) =>
            Enumerable.Range(0, 3).Min(_ => Time(table, With(options, rounds), threads: 1, cancellationToken).Compute);
    }

    internal static BattleTable Table(int models, int questions) =>
        new SimulatedGames([.. Enumerable.Range(0, models).Select(m => 3.0 * (m - (models / 2.0)) / models)], questions, LengthEffect: 0.8).Draw(seed: 1);

    private static PairwiseOptions With(PairwiseOptions options, int rounds) =>
        options with { Bootstrap = options.Bootstrap with { Rounds = rounds } };

    /// <summary>Wall time, and what all threads together computed.</summary>
    private static (double Wall, double Compute) Time(BattleTable table, PairwiseOptions options, int threads, CancellationToken cancellationToken)
    {
        var before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        PairwiseScoring.Score(table, options, threads, cancellationToken);
        return (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }
}
