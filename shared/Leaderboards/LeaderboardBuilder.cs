using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Questions;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Leaderboards;

/// <summary>Collects scored games in any order and makes the leaderboard of them.</summary>
public sealed class LeaderboardBuilder
{
    private readonly string _benchmark;
    private readonly JudgingMode _mode;
    private readonly IReadOnlyList<string> _categories;
    private readonly List<ScoredGame> _games = [];
    private readonly RatingTableBuilder _ratings = new();
    private readonly BattleTableBuilder _battles = new();
    private readonly SortedDictionary<string, SortedDictionary<string, int>> _failures = new(StringComparer.Ordinal);

    public LeaderboardBuilder(string benchmark, JudgingMode mode, IEnumerable<Question> questions)
    {
        _benchmark = benchmark;
        _mode = mode;
        var categories = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var question in questions)
        {
            categories.Add(question.Category);
            if (mode == JudgingMode.Single)
                _ratings.AddQuestion(question.Id, question.Category);
            else
                _battles.AddQuestion(question.Id, question.Category);
        }

        _categories = [.. categories];
    }

    /// <summary>Pairwise games as they were added, those of unknown questions excepted.</summary>
    public IReadOnlyList<ScoredGame> Games => _games;

    /// <summary>Games of questions that are not in the set.</summary>
    public int UnknownQuestions { get; private set; }

    public void Add(ScoredGame game)
    {
        if (game.Failure is { } failure)
            Failed(game.Model, failure);
        if (!(_mode == JudgingMode.Single ? AddRating(game) : AddBattle(game)))
            UnknownQuestions++;
        else if (_mode == JudgingMode.Pairwise)
            _games.Add(game);
    }

    public void Add(ScoredAnswer answer)
    {
        if (_mode == JudgingMode.Single)
            _ratings.AddTokens(answer.QuestionId, answer.Model, answer.Style.Tokens);
        else
            _battles.AddStyle(answer.QuestionId, answer.Model, answer.Style);
    }

    /// <summary>A failed answer; its games are added on their own.</summary>
    public void AddFailedAnswer(string model, string failure) => Failed(model, failure);

    public Leaderboard Build(LeaderboardOptions options)
    {
        var failures = _failures.ToDictionary(entry => entry.Key, entry => (IReadOnlyDictionary<string, int>)entry.Value);
        if (_mode == JudgingMode.Single)
        {
            var table = _ratings.Build();
            return new Leaderboard(
                Leaderboard.CurrentSchema, _benchmark, SingleScoring.Score(table, options.Single).Leaderboard, null,
                EachCategory(options.ByCategory, category => new CategoryLeaderboard(
                    category, SingleScoring.Score(table, options.Single with { Categories = [category] }).Leaderboard, null)),
                failures);
        }

        var battles = _battles.Build();
        return new Leaderboard(
            Leaderboard.CurrentSchema, _benchmark, null, PairwiseScoring.Score(battles, options.Pairwise).Leaderboard,
            EachCategory(options.ByCategory, category => new CategoryLeaderboard(
                category, null, PairwiseScoring.Score(battles, options.Pairwise with { Categories = [category] }).Leaderboard)),
            failures);
    }

    private IReadOnlyList<CategoryLeaderboard> EachCategory(bool wanted, Func<string, CategoryLeaderboard> score) =>
        wanted && _categories.Count > 1 ? [.. _categories.Select(score)] : [];

    private bool AddRating(ScoredGame game) => game.Score?.Rating is { } rating
        ? _ratings.AddRating(game.QuestionId, game.Model, game.Judge, rating)
        : _ratings.AddUnscored(game.QuestionId, game.Model, game.Judge, Reason(game));

    private bool AddBattle(ScoredGame game)
    {
        var baseline = game.Baseline ?? throw new ArgumentException($"A game of {game.Model} names no baseline.", nameof(game));
        return game.Score?.Verdict is { } verdict
            ? _battles.AddGame(game.QuestionId, game.Model, baseline, game.Judge, game.GameNumber, verdict)
            : _battles.AddUnscored(game.QuestionId, game.Model, baseline, game.Judge, game.GameNumber, Reason(game));
    }

    private static string Reason(ScoredGame game) =>
        game.Failure ?? UnscoredReasonName.Of(game.Score?.Unscored ?? UnscoredReason.NoScore);

    private void Failed(string model, string failure)
    {
        if (!_failures.TryGetValue(model, out var counts))
            _failures[model] = counts = new(StringComparer.Ordinal);
        counts[failure] = counts.GetValueOrDefault(failure) + 1;
    }
}

/// <param name="ByCategory">Also one leaderboard for each category.</param>
public sealed record LeaderboardOptions(SingleOptions Single, PairwiseOptions Pairwise, bool ByCategory = true)
{
    public static LeaderboardOptions Default { get; } = new(SingleOptions.Default, PairwiseOptions.Default);

    public static LeaderboardOptions Of(int rounds, long seed)
    {
        var bootstrap = new BootstrapOptions { Rounds = rounds, Seed = seed };
        return new(SingleOptions.Default with { Bootstrap = bootstrap }, PairwiseOptions.Default with { Bootstrap = bootstrap });
    }
}
