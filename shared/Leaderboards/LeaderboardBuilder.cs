using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Questions;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Leaderboards;

/// <summary>Collects scored games in any order and makes the leaderboard of them.</summary>
public sealed class LeaderboardBuilder
{
    private readonly string _benchmark;
    private readonly JudgingMode _mode;
    private readonly Dictionary<string, string> _categories = new(StringComparer.Ordinal);
    private readonly List<ScoredGame> _games = [];
    private readonly RatingTableBuilder _ratings = new();
    private readonly BattleTableBuilder _battles = new();
    private readonly AnswerWatch _watch = new();
    private readonly SortedDictionary<string, SortedDictionary<string, int>> _failures = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _truncated = new(StringComparer.Ordinal);

    public LeaderboardBuilder(string benchmark, JudgingMode mode, IEnumerable<Question> questions)
    {
        _benchmark = benchmark;
        _mode = mode;
        foreach (var question in questions)
        {
            _categories[question.Id] = question.Category;
            if (mode == JudgingMode.Single)
                _ratings.AddQuestion(question.Id, question.Category);
            else
                _battles.AddQuestion(question.Id, question.Category);
        }
    }

    public void Add(ScoredGame game)
    {
        if (game.Failure is { } failure)
            Failed(game.Model, failure);
        if ((_mode == JudgingMode.Single ? AddRating(game) : AddBattle(game)) && _mode == JudgingMode.Pairwise)
            _games.Add(game);
    }

    public void Add(ScoredAnswer answer)
    {
        if (answer.Truncated)
            _truncated[answer.Model] = _truncated.GetValueOrDefault(answer.Model) + 1;
        if (_mode == JudgingMode.Single)
            _ratings.AddTokens(answer.QuestionId, answer.Model, answer.Tokens);
        else if (answer.Style is { } style)
            _battles.AddStyle(answer.QuestionId, answer.Model, style);
        else
            _battles.AddTokens(answer.QuestionId, answer.Model, answer.Tokens);
    }

    /// <summary>Looks for what was written to win the judge; the text is not kept.</summary>
    public void Watch(string model, string answer) => _watch.Add(model, answer);

    /// <summary>A failed answer; its games are added on their own.</summary>
    public void AddFailedAnswer(string model, string failure) => Failed(model, failure);

    /// <summary>The battles file of the games that count.</summary>
    public string Battles(PairwiseOptions options) => BattlesFile.Write(_games, options, question => _categories[question]);

    /// <exception cref="ProblemException">A model is to be compared that is not there.</exception>
    public Leaderboard Build(LeaderboardOptions options)
    {
        var failures = _failures.ToDictionary(entry => entry.Key, entry => (IReadOnlyDictionary<string, int>)entry.Value);
        var suspicious = _watch.Notes();
        var truncated = _truncated.Count == 0 ? null : _truncated;
        if (_mode == JudgingMode.Single)
        {
            var table = _ratings.Build();
            var ratings = SingleScoring.Score(table, options.Single);
            SingleLeaderboard Rated(SingleOptions only) => SingleScoring.Score(table, only).Leaderboard;
            return new Leaderboard(
                Leaderboard.CurrentSchema, _benchmark, ratings.Leaderboard with { Notes = [.. ratings.Leaderboard.Notes, .. suspicious] }, null,
                Each(options.ByCategory, ratings.Leaderboard.Categories, name => new CategoryLeaderboard(name, Rated(options.Single with { Categories = [name] }), null)),
                failures,
                Each(options.ByJudge, ratings.Leaderboard.Judges, name => new JudgeLeaderboard(name, Rated(options.Single with { Judges = [name] }), null)),
                Compare(ratings.Leaderboard.Rows.Where(row => row.Rank is not null).Select(row => row.Model), options.Compare, ratings.Compare),
                options.Date,
                truncated);
        }

        var battles = _battles.Build();
        var scores = PairwiseScoring.Score(battles, options.Pairwise);
        PairwiseLeaderboard Played(PairwiseOptions only) => PairwiseScoring.Score(battles, only).Leaderboard;
        return new Leaderboard(
            Leaderboard.CurrentSchema, _benchmark, null, scores.Leaderboard with { Notes = [.. scores.Leaderboard.Notes, .. suspicious] },
            Each(options.ByCategory, scores.Leaderboard.Categories, name => new CategoryLeaderboard(name, null, Played(options.Pairwise with { Categories = [name] }))),
            failures,
            Each(options.ByJudge, scores.Leaderboard.Judges, name => new JudgeLeaderboard(name, null, Played(options.Pairwise with { Judges = [name] }))),
            Compare(scores.Leaderboard.Rows.Where(row => row.Rank is not null).Select(row => row.Model), options.Compare, scores.Compare),
            options.Date,
            truncated);
    }

    private static IReadOnlyList<T> Each<T>(bool wanted, IReadOnlyList<string> names, Func<string, T> score) =>
        wanted && names.Count > 1 ? [.. names.Select(score)] : [];

    private static IReadOnlyList<ModelComparison> Compare(
        IEnumerable<string> ranked, IReadOnlyList<string>? wanted, Func<string, string, ModelComparison> compare) =>
        [.. PairsToCompare.Of([.. ranked], wanted).Select(pair => compare(pair.First, pair.Second))];

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
/// <param name="ByJudge">Also one leaderboard for each judge.</param>
/// <param name="Compare">Models whose differences are wanted; see <see cref="Leaderboard.Comparisons"/>.</param>
/// <param name="Date">What the leaderboard is to say it is of.</param>
public sealed record LeaderboardOptions(
    SingleOptions Single, PairwiseOptions Pairwise, bool ByCategory = true, bool ByJudge = true,
    IReadOnlyList<string>? Compare = null, string? Date = null)
{
    public static LeaderboardOptions Default { get; } = new(SingleOptions.Default, PairwiseOptions.Default);

    /// <summary>Style differences are those of the dialect's published script.</summary>
    public static LeaderboardOptions For(Dialect dialect) => Default with
    {
        Pairwise = PairwiseOptions.Default with { StyleFeatures = dialect is V01Dialect ? StyleFeatures.V01 : StyleFeatures.V20 },
    };

    public LeaderboardOptions With(int rounds, long seed)
    {
        var bootstrap = new BootstrapOptions { Rounds = rounds, Seed = seed };
        return this with { Single = Single with { Bootstrap = bootstrap }, Pairwise = Pairwise with { Bootstrap = bootstrap } };
    }
}
