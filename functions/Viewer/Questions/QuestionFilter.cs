using System.Globalization;
using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Viewer;

/// <summary>Which rows are listed, as the address asks.</summary>
/// <param name="Verdict"><c>win</c>, <c>loss</c>, <c>tie</c>, <c>games_disagree</c> or <c>judges_disagree</c>.</param>
/// <param name="Status"><c>scored</c>, <c>unscored</c> or <c>failed</c>.</param>
/// <param name="Text">Searched in the question and its id.</param>
internal sealed record QuestionFilter(
    string? Category, string? Model, string? Verdict, double? Min, double? Max, string? Status, string? Text)
{
    public static readonly IReadOnlyList<(string Value, string Text)> Verdicts =
    [
        ("win", "model wins"), ("loss", "model loses"), ("tie", "tie"), ("games_disagree", "the two games disagree"), ("judges_disagree", "judges disagree"),
    ];

    public static readonly IReadOnlyList<(string Value, string Text)> Statuses = [("scored", "scored"), ("unscored", "unscored"), ("failed", "failed")];

    public static QuestionFilter Of(ViewLinks links) => new(
        links.Asked("category"), links.Asked("model"), links.Asked("verdict"), Number(links.Asked("min")), Number(links.Asked("max")),
        links.Asked("status"), links.Asked("q"));

    /// <summary>As the address holds it, for links that keep it.</summary>
    public IReadOnlyList<(string Name, string? Value)> Query =>
    [
        ("category", Category), ("model", Model), ("verdict", Verdict), ("min", Word(Min)), ("max", Word(Max)), ("status", Status), ("q", Text),
    ];

    public IReadOnlyList<QuestionRow> Apply(FrozenRun run, IReadOnlyList<QuestionRow> rows) =>
        [.. rows.Where(row => Admits(run.Questions[row.Question], row)).OrderBy(row => row.Question)];

    private bool Admits(FrozenQuestion frozen, QuestionRow row) =>
        (Category is null || frozen.Question.Category == Category)
        && (Model is null || row.Model == Model)
        && AdmitsVerdict(row)
        && (Min is null || Viewer.Verdicts.Rating(row) >= Min)
        && (Max is null || Viewer.Verdicts.Rating(row) <= Max)
        && AdmitsStatus(row)
        && (Text is null || frozen.Question.Id.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || frozen.Question.Turns.Any(turn => turn.Contains(Text, StringComparison.OrdinalIgnoreCase)));

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
