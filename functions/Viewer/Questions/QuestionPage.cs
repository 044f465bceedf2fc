using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Browsing;

namespace ArenaBench.Functions.Viewer;

/// <summary>One question: what was asked, answered and judged, on one page.</summary>
internal static class QuestionPage
{
    /// <summary>More are folded: the answer comes first.</summary>
    private const int ModelsInSight = 12;

    /// <param name="beside">Another model's answer to the same question, or another run's: shown beside this one.</param>
    public static Page Write(ViewLinks links, ShownQuestion shown, ShownQuestion? beside, Neighbours neighbours)
    {
        var run = shown.Run;
        var (id, question) = (run.Spec.Run, shown.Frozen.Question);
        var texts = new Texts(links, shown);
        var steps = Steps(links, id, neighbours);
        var body = Html.Of($"""
            {steps}
            <h1>Question {shown.Index} <small>{Html.Name(question.Category)} · {Html.Name(question.Id)}</small></h1>
            {Models(links, shown, neighbours)}
            {Html.If(beside is null, () => Outcome(shown))}
            <section aria-labelledby="asked"><h2 id="asked">Question</h2>{Texts.Turns([.. question.Turns.Select(turn => texts.Block(turn))])}</section>
            {(beside is null ? Alone(shown, texts) : Beside(shown, beside, texts))}
            <p class="quiet"><a href="{links.Question(id, shown.Index, [("of", shown.ModelName), .. neighbours.Beside])}">Permanent link to this {(beside is null ? "answer" : "comparison")}</a></p>
            {steps}
            """);
        return new Page($"Question {shown.Index} of {id}", body) { Run = id, Tab = beside is null ? Tab.Questions : Tab.Compare, Assets = ViewerAssets.OfTexts };
    }

    private static Html Alone(ShownQuestion shown, Texts texts) => Html.Of($"""
        {Answers(shown, texts)}
        {References(shown, texts)}
        <section aria-labelledby="judged"><h2 id="judged">Judgments</h2>{Judgments(shown, texts)}</section>
        """);

    private static Html Beside(ShownQuestion shown, ShownQuestion beside, Texts texts)
    {
        var otherRun = beside.Run.Spec.Run != shown.Run.Spec.Run;
        return Html.Of($"<div class='pair'>{Side(shown)}{Side(beside)}</div>{References(shown, texts)}");

        Html Side(ShownQuestion side) => Html.Of($"""
            <div>{AnswerText.Write(side.Run, side.ModelName, otherRun ? side.Run.Spec.Run : "answer", side.Answer, texts)}{Judgments(side, texts)}</div>
            """);
    }

    private static Html Steps(ViewLinks links, string run, Neighbours at)
    {
        return Html.Of($"""
            <nav class="pages" aria-label="Neighbouring answers">{Step(at.List.Previous, "prev", "k", "← Previous")}<a data-key="u" href="{links.Questions(run, at.Filter.Query)}">{(at.List.Place > 0 ? $"{Words.Count(at.List.Place)} of {Words.Count(at.List.Count)} in the list" : "Back to the list")}</a>{Step(at.List.Next, "next", "j", "Next →")}</nav>
            """);

        Html Step(QuestionRow? to, string relation, string key, string text) => to is null
            ? Html.Of($"<span class='quiet'>{text}</span>")
            : Html.Of($"<a rel='{relation}' data-key='{key}' href='{links.Question(run, to.Question, [("of", to.Model), .. at.Beside, .. at.Filter.Query])}'>{text}</a>");
    }

    private static Html Models(ViewLinks links, ShownQuestion shown, Neighbours at)
    {
        var models = shown.Run.Spec.AnsweringModels;
        var all = Html.Of($"<nav class='models' aria-label='Models'>{Html.Each(models, model => Link(model.Name))}</nav>");
        return models.Count <= ModelsInSight
            ? all
            : Html.Of($"<details><summary>{Html.Name(shown.ModelName)}, one of {models.Count} models</summary>{all}</details>");

        Html Link(string model)
        {
            var address = links.Question(shown.Run.Spec.Run, shown.Index, [("of", model), .. at.Beside, .. at.Filter.Query]);
            return model == shown.ModelName
                ? Html.Of($"<a aria-current='page' href='{address}'>{Html.Name(model)}</a>")
                : Html.Of($"<a href='{address}'>{Html.Name(model)}</a>");
        }
    }

    /// <summary>The judgments in short, above the long texts.</summary>
    private static Html Outcome(ShownQuestion shown)
    {
        var played = shown.Games.Where(game => game.Record?.Record is not null).GroupBy(game => game.Judge).ToArray();
        return Html.If(played.Length > 0, () => Html.Of($"<p><a href='#judged'>Judged</a> {Html.Each(played, Of)}</p>"));

        static Html Of(IGrouping<string, ShownGame> judge) => Html.Of(
            $"by {Html.Name(judge.Key)}: {Html.Each(judge, game => ReadRecord.Of(() => GameRecord.ScoreOf(game.Record!.Record!.Value), out _) is { } score ? ResultBadges.Of(game.Number, score) : ResultBadges.Failed(RecordStatus.Malformed))}");
    }

    private static Html Answers(ShownQuestion shown, Texts texts)
    {
        var own = AnswerText.Write(shown.Run, shown.ModelName, "answer", shown.Answer, texts);
        return shown.Baseline is { } baseline
            ? Html.Of($"<div class='pair'>{own}{AnswerText.Write(shown.Run, baseline, "baseline", shown.BaselineAnswer, texts)}</div>")
            : own;
    }

    private static Html References(ShownQuestion shown, Texts texts)
    {
        var references = shown.Run.Spec.Judging.ReferenceModels.Zip(shown.Frozen.References).Where(pair => pair.Second is not null).ToArray();
        return Html.Each(references, pair => Html.Of($"""
            <section><details><summary>Reference answer of {Html.Name(pair.First)}</summary>{Texts.Turns([.. pair.Second!.Choices[0].Turns.Select(turn => texts.Block(turn.Content))])}</details></section>
            """));
    }

    private static Html Judgments(ShownQuestion shown, Texts texts)
    {
        var pairwise = shown.Run.Spec.Judging.Mode == JudgingMode.Pairwise;
        if (pairwise && shown.Baseline is null)
            return Html.Of($"<p>{Html.Name(shown.ModelName)} is the baseline here: it is not compared with itself.</p>");
        if (shown.Games.Count == 0)
            return Html.Of($"<p>This run judges nothing.</p>");
        return Html.Each(shown.Games.GroupBy(game => game.Judge), judge => Html.Of($"""
            <div class="{(pairwise ? "pair" : "one")}">{Html.Each(judge, game => Game(shown, game, pairwise, texts))}</div>
            """));
    }

    private static Html Game(ShownQuestion shown, ShownGame game, bool pairwise, Texts texts)
    {
        var order = !pairwise ? Html.Empty : game.Number == 1
            ? Html.Of($"<p class='quiet'>Game 1: A is {Html.Name(shown.Baseline!)}, B is {Html.Name(shown.ModelName)}</p>")
            : Html.Of($"<p class='quiet'>Game 2: A is {Html.Name(shown.ModelName)}, B is {Html.Name(shown.Baseline!)}</p>");
        return Html.Of($"<article class='text'><h3>{Html.Name(game.Judge)}</h3>{order}{Result(shown, game, texts)}</article>");
    }

    private static Html Result(ShownQuestion shown, ShownGame game, Texts texts)
    {
        if (game.Record is not { } line)
            return Html.Of($"<p>Not played.</p>");
        if (line.Record is not { } record)
            return Html.Of($"<p>{ResultBadges.Failed(line.Status)} {line.Reason}</p>");
        if (ReadRecord.Of(() => GameRecord.Read(record), out var damage) is not { } played)
            return Html.Of($"{ResultBadges.Damaged(damage)}{Facts.Of(shown.Run, line)}");
        var label = played.Score.Verdict is { } verdict ? Html.Of($" <code>{VerdictLabel.Of(verdict)}</code>") : Html.Empty;
        return Html.Of($"""
            <p>{ResultBadges.Of(game.Number, played.Score)}{label}</p>{Facts.Of(shown.Run, line)}{texts.Thinking(played.Thought)}{texts.Block(played.Text)}
            """);
    }
}
