using System.Globalization;
using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Browsing;

/// <summary>Which rows are listed, as the address asks.</summary>
/// <param name="Verdict"><c>win</c>, <c>loss</c>, <c>tie</c>, <c>games_disagree</c> or <c>judges_disagree</c>.</param>
/// <param name="Status"><c>scored</c>, <c>unscored</c> or <c>failed</c>.</param>
/// <param name="Reason">Of failures: a record's status in snake case.</param>
/// <param name="Better">With <paramref name="Than"/>: this model's rows of the questions where it did better than the other.</param>
/// <param name="Search">In the question and its id.</param>
internal sealed record QuestionFilter(
    string? Category, string? Model, string? Verdict, double? Min, double? Max, string? Status, string? Reason, string? Better, string? Than,
    TextSearch Search)
{
    public static readonly IReadOnlyList<(string Value, string Text)> Verdicts =
    [
        ("win", "model wins"), ("loss", "model loses"), ("tie", "tie"), ("games_disagree", "the two games disagree"), ("judges_disagree", "judges disagree"),
    ];

    public static readonly IReadOnlyList<(string Value, string Text)> Statuses = [("scored", "scored"), ("unscored", "unscored"), ("failed", "failed")];

    /// <param name="asked">What the address says of a name; null: nothing.</param>
    public static QuestionFilter Of(Func<string, string?> asked) => new(
        asked("category"), asked("model"), asked("verdict"), Number(asked("min")), Number(asked("max")), asked("status"), asked("reason"),
        asked("better"), asked("than"), TextSearch.Of(asked("q"), asked("regex") is "1" or "true"));

    /// <summary>As the address holds it, for links that keep it.</summary>
    public IReadOnlyList<(string Name, string? Value)> Query =>
    [
        ("category", Category), ("model", Model), ("verdict", Verdict), ("min", Word(Min)), ("max", Word(Max)), ("status", Status), ("reason", Reason),
        ("better", Better), ("than", Than), ("q", Search.Text), ("regex", Search.IsPattern ? "1" : null),
    ];

    public IReadOnlyList<QuestionRow> Apply(FrozenRun run, IReadOnlyList<QuestionRow> rows)
    {
        if (Search.Problem is not null)
            return [];
        bool[] admitted = [.. run.Questions.Select(AdmitsQuestion)];
        var other = Better is null || Than is null
            ? null
            : rows.Where(row => row.Model == Than).ToDictionary(row => row.Question, Browsing.Verdicts.Value);
        return [.. rows.Where(row => admitted[row.Question] && Admits(row) && IsBetter(row, other)).OrderBy(row => row.Question)];
    }

    private bool AdmitsQuestion(FrozenQuestion frozen) =>
        (Category is null || frozen.Question.Category == Category) && (Search.Admits(frozen.Question.Id) || frozen.Question.Turns.Any(Search.Admits));

    private bool Admits(QuestionRow row) =>
        (Model is null || row.Model == Model)
        && AdmitsVerdict(row)
        && (Min is null || Browsing.Verdicts.Rating(row) >= Min)
        && (Max is null || Browsing.Verdicts.Rating(row) <= Max)
        && AdmitsStatus(row)
        && (Reason is null || Browsing.Verdicts.FailedWith(row, Reason));

    private bool IsBetter(QuestionRow row, Dictionary<int, double?>? other) =>
        other is null || (row.Model == Better && Browsing.Verdicts.Value(row) > other.GetValueOrDefault(row.Question));

    private bool AdmitsVerdict(QuestionRow row) => Verdict switch
    {
        "win" => Browsing.Verdicts.Outcome(row) == 1,
        "loss" => Browsing.Verdicts.Outcome(row) == -1,
        "tie" => Browsing.Verdicts.Outcome(row) == 0,
        "games_disagree" => Browsing.Verdicts.GamesDisagree(row),
        "judges_disagree" => Browsing.Verdicts.JudgesDisagree(row),
        _ => true,
    };

    private bool AdmitsStatus(QuestionRow row) => Status switch
    {
        "scored" => row.Games.Any(game => game.Score is { Unscored: null }),
        "unscored" => Browsing.Verdicts.IsUnscored(row),
        "failed" => Browsing.Verdicts.HasFailed(row),
        _ => true,
    };

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Word(double? number) => number?.ToString(CultureInfo.InvariantCulture);
}
