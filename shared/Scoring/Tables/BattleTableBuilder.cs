using ArenaBench.Core.Answers;
using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Scoring;

/// <summary>Collects the games of a benchmark. Add every question first, then games and style counts in any order.</summary>
public sealed class BattleTableBuilder
{
    private const int MaxModels = 4096, MaxJudges = 1024, MaxQuestions = 1 << 22, MaxReasons = 127;

    private readonly NameIndex _questions = new("questions", MaxQuestions);
    private readonly NameIndex _categories = new("categories", MaxQuestions);
    private readonly NameIndex _models = new("models", MaxModels);
    private readonly NameIndex _judges = new("judges", MaxJudges);
    private readonly NameIndex _reasons = new("reasons", MaxReasons);
    private readonly List<int> _categoryOf = [];
    private readonly List<GameRow> _games = [];
    private readonly List<(int Question, short Model, StyleCounts Counts, bool TokensOnly)> _styles = [];
    private readonly HashSet<int> _contestants = [];
    private int _unknownQuestions;

    /// <exception cref="ArgumentException">The question is there already.</exception>
    public void AddQuestion(string id, string category)
    {
        if (_questions.Find(id) >= 0)
            throw new ArgumentException($"Question \"{id}\" was added twice.", nameof(id));
        _questions.Add(id);
        _categoryOf.Add(_categories.Add(category));
    }

    /// <summary>A model that belongs on the leaderboard even if it has no game.</summary>
    public void AddModel(string model) => _contestants.Add(_models.Add(model));

    /// <summary>A game with a verdict as the judge gave it: in game 1 the baseline is A, in game 2 the model is.</summary>
    /// <param name="game">1, or 2 for swapped positions.</param>
    /// <returns>False when the question is not in the set: the game is not kept.</returns>
    public bool AddGame(string questionId, string model, string baseline, string judge, int game, Verdict verdict)
    {
        if (!Enum.IsDefined(verdict))
            throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "No such verdict.");
        return Add(questionId, model, baseline, judge, game, (sbyte)verdict);
    }

    /// <summary>A game that was played, or tried, and has no verdict.</summary>
    /// <param name="reason">A short name that counts are kept by, such as <c>no_score</c> or <c>content_filter</c>.</param>
    /// <returns>False when the question is not in the set: the game is not kept.</returns>
    public bool AddUnscored(string questionId, string model, string baseline, string judge, int game, string reason) =>
        Add(questionId, model, baseline, judge, game, (sbyte)(-1 - _reasons.Add(reason)));

    /// <summary>Style counts of a model's (or a baseline's) answer: for style control and average tokens.</summary>
    /// <returns>False when the question is not in the set: the counts are not kept.</returns>
    public bool AddStyle(string questionId, string model, StyleCounts counts)
    {
        if (counts.Tokens < 0 || counts.Headers < 0 || counts.Lists < 0 || counts.Bolds < 0)
            throw new ArgumentOutOfRangeException(nameof(counts), counts, "Counts cannot be negative.");
        var question = _questions.Find(questionId);
        if (question < 0)
            return false;
        _styles.Add((question, (short)_models.Add(model), counts, false));
        return true;
    }

    /// <summary>The length of an answer whose markdown was not counted: for average tokens only.</summary>
    /// <returns>False when the question is not in the set: it is not kept.</returns>
    public bool AddTokens(string questionId, string model, int tokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        var question = _questions.Find(questionId);
        if (question < 0)
            return false;
        _styles.Add((question, (short)_models.Add(model), new(tokens, 0, 0, 0), true));
        return true;
    }

    public BattleTable Build()
    {
        var (questions, questionAt) = _questions.Sort();
        var (categories, categoryAt) = _categories.Sort();
        var (models, modelAt) = _models.Sort();
        var (judges, judgeAt) = _judges.Sort();
        var (reasons, reasonAt) = _reasons.Sort();

        var categoryOf = new int[questions.Length];
        for (var i = 0; i < _categoryOf.Count; i++)
            categoryOf[questionAt[i]] = categoryAt[_categoryOf[i]];

        var games = new GameRow[_games.Count];
        for (var i = 0; i < games.Length; i++)
        {
            var g = _games[i];
            var outcome = g.Scored ? g.Outcome : (sbyte)(-1 - reasonAt[g.Reason]);
            games[i] = new(questionAt[g.Question], (short)modelAt[g.Model], (short)modelAt[g.Baseline],
                (short)judgeAt[g.Judge], g.Game, outcome);
        }

        var unique = GameOrder.SortAndDropDuplicates(games);
        var (styles, hasStyle, hasTokens) = StyleColumns(models.Length, questions.Length, modelAt, questionAt);
        var contestant = new bool[models.Length];
        foreach (var m in _contestants)
            contestant[modelAt[m]] = true;
        return new(questions, categories, categoryOf, models, judges, reasons, unique, styles, hasStyle, hasTokens, contestant, games.Length - unique.Length, _unknownQuestions);
    }

    private bool Add(string questionId, string model, string baseline, string judge, int game, sbyte outcome)
    {
        if (game is not (1 or 2))
            throw new ArgumentOutOfRangeException(nameof(game), game, "A game's number is 1 or 2.");
        var question = _questions.Find(questionId);
        if (question < 0)
        {
            _unknownQuestions++;
            return false;
        }

        var number = _models.Add(model);
        _contestants.Add(number);
        _games.Add(new(question, (short)number, (short)_models.Add(baseline), (short)_judges.Add(judge), (byte)game, outcome));
        return true;
    }

    private (StyleCounts[]?[] Counts, bool[]?[] HasStyle, bool[]?[] HasTokens) StyleColumns(int models, int questions, int[] modelAt, int[] questionAt)
    {
        var counts = new StyleCounts[]?[models];
        var (hasStyle, hasTokens) = (new bool[]?[models], new bool[]?[models]);
        foreach (var (question, model, value, tokensOnly) in _styles)
        {
            var m = modelAt[model];
            var q = questionAt[question];
            var column = counts[m] ??= new StyleCounts[questions];
            var known = hasTokens[m] ??= new bool[questions];
            if (known[q])
                continue;
            column[q] = value;
            known[q] = true;
            (hasStyle[m] ??= new bool[questions])[q] = !tokensOnly;
        }

        return (counts, hasStyle, hasTokens);
    }
}
