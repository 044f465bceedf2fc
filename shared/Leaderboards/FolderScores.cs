using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Leaderboards;

/// <summary>Scores a plain folder in the published layout: no host, no store. Damaged lines are reported and left out.</summary>
public sealed class FolderScores
{
    private readonly Benchmark _benchmark;
    private readonly ProblemLog _problems;
    private readonly bool _countStyle;
    private readonly Dictionary<string, string> _categories;
    private readonly Dictionary<string, HashSet<string>> _seen = new(StringComparer.Ordinal);
    private (string Model, string? Baseline, string Judge) _last;
    private HashSet<string> _seenOfLast = [];
    private readonly HashSet<(string Question, string Model)> _watched = [];

    private FolderScores(Benchmark benchmark, ProblemLog problems, bool countStyle)
    {
        _benchmark = benchmark;
        _problems = problems;
        _countStyle = countStyle;
        _categories = benchmark.Questions.ToDictionary(question => question.Id, question => question.Category, StringComparer.Ordinal);
        Builder = new(benchmark.Name, benchmark.Judging.Mode, benchmark.Questions);
        Defaults = LeaderboardOptions.For(benchmark.Dialect);
    }

    public LeaderboardBuilder Builder { get; }

    /// <summary>The options of such a benchmark.</summary>
    public LeaderboardOptions Defaults { get; }

    /// <summary>Records that are whole, but cannot count, or not as they should.</summary>
    public RecordFindings Findings { get; } = new();

    /// <param name="problems">Receives damaged lines.</param>
    /// <param name="countStyle">Count the style of answers whose records do not hold it: for style control.</param>
    /// <exception cref="ProblemException">There is no benchmark in the folder, or its configuration is wrong.</exception>
    public static async Task<FolderScores> ReadAsync(
        BenchmarkFolder folder, ProblemLog problems, bool countStyle = false, CancellationToken cancellationToken = default)
    {
        var scores = new FolderScores(await folder.ReadAsync(cancellationToken: cancellationToken), problems, countStyle);
        await foreach (var file in RecordFiles.ListAsync(folder.Tree, folder.Prefix, cancellationToken))
        {
            await using var stream = await folder.Tree.OpenReadAsync(file.Path, cancellationToken);
            if (stream is null)
                continue;
            if (file.Kind == RecordFileKind.Judgment)
                await scores.AddJudgmentsAsync(file, stream, folder.Tree.Describe(file.Path), cancellationToken);
            else if (file.Kind == RecordFileKind.Answer)
                await scores.AddAnswersAsync(stream, folder.Tree.Describe(file.Path), cancellationToken);
        }

        return scores;
    }

    private async Task AddJudgmentsAsync(RecordFile file, Stream stream, string place, CancellationToken cancellationToken)
    {
        var defaultJudge = file.Judge ?? (_benchmark.Judging.JudgeModels.Count > 0 ? _benchmark.Judging.JudgeModels[0] : "judge");
        await foreach (var (line, scores) in ScoreReader.ReadJudgmentsAsync(_benchmark.Dialect, stream, place, _problems, cancellationToken))
        {
            var baseline = _benchmark.Judging.Mode == JudgingMode.Single
                ? null
                : scores.Baseline ?? _benchmark.Judging.BaselineFor(_categories.GetValueOrDefault(scores.QuestionId, ""));
            var judge = scores.Judge ?? defaultJudge;
            if (WhyNot(scores, baseline, judge) is { } why)
                Findings.Add(why, place, line);
            if (_benchmark.Judging.Mode == JudgingMode.Pairwise && baseline is null)
                continue;
            for (var game = 0; game < Math.Min(scores.Games.Count, GamesWanted); game++)
            {
                Builder.Add(new ScoredGame(
                    scores.QuestionId, scores.Model, judge, baseline, game + 1, scores.Games[game], scores.Games[game] is null ? "missing_game" : null));
            }
        }
    }

    private int GamesWanted => _benchmark.Judging.Mode == JudgingMode.Single ? 1 : 2;

    /// <summary>Why a judgment does not count, or not whole; null where all is well. The builder counts the same in its rows.</summary>
    private string? WhyNot(JudgmentScores scores, string? baseline, string judge)
    {
        if (!_categories.ContainsKey(scores.QuestionId))
            return "judges a question that the benchmark does not have: left out";
        if (GamesWanted == 2 && baseline is null)
            return "names no baseline, and the configuration has none for its category: left out";
        if (scores.Model == baseline)
            return "compares a model with itself: left out";
        if (!IsFirst(scores.QuestionId, scores.Model, baseline, judge))
            return "judges a question once more for the same model and judge: the first record counts";
        if (scores.Games.Count != GamesWanted)
            return $"holds {scores.Games.Count} games where {GamesWanted} are wanted";
        if (scores.Games.All(game => game is null))
            return GamesWanted == 1 ? "holds no game: unscored" : "holds none of its two games: unscored";
        if (scores.Games.Any(game => game is null))
            return "holds one of its two games only: the other is unscored";
        if (scores.Games.Any(game => game!.Unscored == UnscoredReason.UnknownLabel))
            return $"holds a verdict that is none of {string.Join(", ", Enum.GetValues<Verdict>().Select(VerdictLabel.Of))}: unscored";
        return GamesWanted == 2 && scores.Games.Any(game => game!.Rating is not null) ? "holds a rating where a verdict is wanted: unscored" : null;
    }

    /// <summary>Records of one model, baseline and judge stand together in a file: its set is looked up once for all of them.</summary>
    private bool IsFirst(string question, string model, string? baseline, string judge)
    {
        if (_last.Model != model || _last.Baseline != baseline || _last.Judge != judge)
        {
            _last = (model, baseline, judge);
            var key = $"{model}\n{baseline}\n{judge}";
            if (!_seen.TryGetValue(key, out _seenOfLast!))
                _seen[key] = _seenOfLast = new(StringComparer.Ordinal);
        }

        return _seenOfLast.Add(question);
    }

    private async Task AddAnswersAsync(Stream stream, string place, CancellationToken cancellationToken)
    {
        await foreach (var (_, answer) in ScoreReader.ReadAnswersAsync(_benchmark.Dialect, stream, place, _problems, _countStyle, texts: true, cancellationToken))
        {
            // An answer that is there twice is no sign of anything; the same as in a run, each counts once.
            if (answer.Text is { } text && _categories.ContainsKey(answer.QuestionId) && _watched.Add((answer.QuestionId, answer.Model)))
                Builder.Watch(answer.Model, text);
            if (answer.Tokens is { } tokens)
                Builder.Add(new ScoredAnswer(answer.QuestionId, answer.Model, tokens, answer.Style));
        }
    }
}
