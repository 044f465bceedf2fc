using System.Globalization;
using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Viewer;

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

    public static QuestionFilter Of(ViewLinks links) => new(
        links.Asked("category"), links.Asked("model"), links.Asked("verdict"), Number(links.Asked("min")), Number(links.Asked("max")),
        links.Asked("status"), links.Asked("reason"), links.Asked("better"), links.Asked("than"),
        TextSearch.Of(links.Asked("q"), links.Asked("regex") == "1"));

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
            : rows.Where(row => row.Model == Than).ToDictionary(row => row.Question, Viewer.Verdicts.Value);
        return [.. rows.Where(row => admitted[row.Question] && Admits(row) && IsBetter(row, other)).OrderBy(row => row.Question)];
    }

    private bool AdmitsQuestion(FrozenQuestion frozen) =>
        (Category is null || frozen.Question.Category == Category) && (Search.Admits(frozen.Question.Id) || frozen.Question.Turns.Any(Search.Admits));

    private bool Admits(QuestionRow row) =>
        (Model is null || row.Model == Model)
        && AdmitsVerdict(row)
        && (Min is null || Viewer.Verdicts.Rating(row) >= Min)
        && (Max is null || Viewer.Verdicts.Rating(row) <= Max)
        && AdmitsStatus(row)
        && (Reason is null || Viewer.Verdicts.FailedWith(row, Reason));

    private bool IsBetter(QuestionRow row, Dictionary<int, double?>? other) =>
        other is null || (row.Model == Better && Viewer.Verdicts.Value(row) > other.GetValueOrDefault(row.Question));

    private bool AdmitsVerdict(QuestionRow row) => Verdict switch
    {
        "win" => Viewer.Verdicts.Outcome(row) == 1,
        "loss" => Viewer.Verdicts.Outcome(row) == -1,
        "tie" => Viewer.Verdicts.Outcome(row) == 0,
        "games_disagree" => Viewer.Verdicts.GamesDisagree(row),
        "judges_disagree" => Viewer.Verdicts.JudgesDisagree(row),
        _ => true,
    };

    private bool AdmitsStatus(QuestionRow row) => Status switch
    {
        "scored" => row.Games.Any(game => game.Score is { Unscored: null }),
        "unscored" => Viewer.Verdicts.IsUnscored(row),
        "failed" => Viewer.Verdicts.HasFailed(row),
        _ => true,
    };

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Word(double? number) => number?.ToString(CultureInfo.InvariantCulture);
}
