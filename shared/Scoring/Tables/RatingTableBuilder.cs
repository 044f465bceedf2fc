namespace ArenaBench.Core.Scoring;

/// <summary>Collects single ratings. Add every question first, then ratings and token counts in any order.</summary>
public sealed class RatingTableBuilder
{
    private const int Max = 1 << 22;

    private readonly NameIndex _questions = new("questions", Max);
    private readonly NameIndex _categories = new("categories", Max);
    private readonly NameIndex _models = new("models", Max);
    private readonly NameIndex _judges = new("judges", Max);
    private readonly NameIndex _reasons = new("reasons", Max);
    private readonly List<int> _categoryOf = [];
    private readonly List<RatingRow> _ratings = [];
    private readonly List<(int Question, int Model, int Tokens)> _tokens = [];

    /// <exception cref="ArgumentException">The question is there already.</exception>
    public void AddQuestion(string id, string category)
    {
        if (_questions.Find(id) >= 0)
            throw new ArgumentException($"Question \"{id}\" was added twice.", nameof(id));
        _questions.Add(id);
        _categoryOf.Add(_categories.Add(category));
    }

    /// <summary>A model that belongs on the leaderboard even if it has no rating.</summary>
    public void AddModel(string model) => _models.Add(model);

    /// <returns>False when the question is not in the set: the rating is not kept.</returns>
    public bool AddRating(string questionId, string model, string judge, double rating)
    {
        if (!double.IsFinite(rating))
            throw new ArgumentOutOfRangeException(nameof(rating), rating, "A rating is a finite number.");
        return Add(questionId, model, judge, -1, rating);
    }

    /// <param name="reason">A short name that counts are kept by, such as <c>no_score</c> or <c>out_of_range</c>.</param>
    /// <returns>False when the question is not in the set: the rating is not kept.</returns>
    public bool AddUnscored(string questionId, string model, string judge, string reason) =>
        Add(questionId, model, judge, _reasons.Add(reason), 0);

    /// <summary>Tokens of a model's answer, for the average.</summary>
    /// <returns>False when the question is not in the set: the count is not kept.</returns>
    public bool AddTokens(string questionId, string model, int tokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        var question = _questions.Find(questionId);
        if (question < 0)
            return false;
        _tokens.Add((question, _models.Add(model), tokens));
        return true;
    }

    public RatingTable Build()
    {
        var (questions, questionAt) = _questions.Sort();
        var (categories, categoryAt) = _categories.Sort();
        var (models, modelAt) = _models.Sort();
        var (judges, judgeAt) = _judges.Sort();
        var (reasons, reasonAt) = _reasons.Sort();

        var categoryOf = new int[questions.Length];
        for (var i = 0; i < _categoryOf.Count; i++)
            categoryOf[questionAt[i]] = categoryAt[_categoryOf[i]];

        // OrderBy is stable: of ratings with the same key the first one added comes first.
        var sorted = _ratings
            .Select(r => new RatingRow(questionAt[r.Question], modelAt[r.Model], judgeAt[r.Judge],
                r.Reason < 0 ? -1 : reasonAt[r.Reason], r.Rating))
            .OrderBy(r => r.Model).ThenBy(r => r.Question).ThenBy(r => r.Judge)
            .ToList();
        var unique = new List<RatingRow>(sorted.Count);
        foreach (var r in sorted)
        {
            if (unique.Count == 0 || (unique[^1].Model, unique[^1].Question, unique[^1].Judge) != (r.Model, r.Question, r.Judge))
                unique.Add(r);
        }

        var tokens = new double[models.Length * questions.Length];
        Array.Fill(tokens, -1);
        foreach (var (question, model, count) in _tokens)
        {
            ref var place = ref tokens[(modelAt[model] * questions.Length) + questionAt[question]];
            if (place < 0)
                place = count;
        }

        return new(questions, categories, categoryOf, models, judges, reasons, [.. unique], tokens, sorted.Count - unique.Count);
    }

    private bool Add(string questionId, string model, string judge, int reason, double rating)
    {
        var question = _questions.Find(questionId);
        if (question < 0)
            return false;
        _ratings.Add(new(question, _models.Add(model), _judges.Add(judge), reason, rating));
        return true;
    }
}
