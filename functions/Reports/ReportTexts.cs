using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Records;
using ArenaBench.Core.Rendering;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Browsing;
using ArenaBench.Functions.Viewer;

namespace ArenaBench.Functions.Reports;

/// <summary>Samples of a report: texts cut to a length that can be mailed.</summary>
internal static class ReportTexts
{
    private const int Longest = 4_000;

    public static Html Sample(ReportSample sample, ShownQuestion shown) => Html.Of($"""
        <section><h3>{Html.Name(shown.ModelName)} <small>{sample.Why} · {Html.Name(shown.Frozen.Question.Category)} · {Html.Name(shown.Frozen.Question.Id)}</small></h3>
        <details><summary>Question, answer and judgment</summary>
        <h3>Question</h3>{Html.Each(shown.Frozen.Question.Turns, Block)}
        <div class="pair">{Answer(shown, shown.ModelName, shown.Answer)}{Html.If(shown.Baseline is not null, () => Answer(shown, shown.Baseline!, shown.BaselineAnswer))}</div>
        <div class="pair">{Html.Each(shown.Games, game => Judgment(shown, game))}</div>
        </details></section>
        """);

    private static Html Answer(ShownQuestion shown, string model, RecordEnvelope? line) => Html.Of($"""
        <article class="text"><h3>{Html.Name(model)}</h3>{(line?.Record is { } record
            ? ReadRecord.Of(() => shown.Run.Dialect.ReadAnswer(record), out var damage) is { } answer ? Html.Each(answer.Choices[0].Turns, turn => Block(turn.Content)) : ResultBadges.Damaged(damage)
            : Html.Of($"<p class='quiet'>No answer.</p>"))}</article>
        """);

    private static Html Judgment(ShownQuestion shown, ShownGame game)
    {
        var title = shown.Run.Spec.Judging.Mode == JudgingMode.Pairwise ? $", game {game.Number}" : "";
        return Html.Of($"""
            <article class="text"><h3>Judged by {Html.Name(game.Judge)}{title}</h3>{(game.Record?.Record is { } record
                ? ReadRecord.Of(() => GameRecord.Read(record), out var damage) is { } played ? Played(game.Number, played) : ResultBadges.Damaged(damage)
                : Html.Of($"<p class='quiet'>Not judged.</p>"))}</article>
            """);
    }

    private static Html Played(int number, Core.Judging.Game game) => Html.Of($"<p>{ResultBadges.Of(number, game.Score)}</p>{Block(game.Text)}");

    private static Html Block(string text)
    {
        var rendered = SafeMarkdown.Render(text, Longest);
        return Html.Of($"""
            <div class="body" dir="auto">{Html.Markdown(rendered)}</div>{Html.If(rendered.IsCut, () => Html.Of($"<p class='quiet'>The first {Words.Count(rendered.Shown)} of {Words.Count(rendered.Total)} characters.</p>"))}
            """);
    }
}
