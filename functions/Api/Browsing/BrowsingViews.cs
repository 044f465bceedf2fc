using ArenaBench.Core.Answers;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Browsing;

namespace ArenaBench.Functions.Api;

/// <summary>A part of the list of a run's answers.</summary>
/// <param name="Total">Answers that fit the filter.</param>
/// <param name="Of">Answers of the run.</param>
/// <param name="Page">From 1.</param>
public sealed record AnswerList(string Run, int Total, int Of, int Page, int Pages, int Size, IReadOnlyList<ListedAnswer> Answers);

/// <summary>One model's answer to one question, without its texts.</summary>
/// <param name="Question">Its number in the run, from 0.</param>
/// <param name="Status">Of the answer's record; null where the run has none of its own.</param>
/// <param name="Value">The mean rating, or the mean verdict from 2 (much better than the baseline) to −2; null without a score.</param>
public sealed record ListedAnswer(
    int Question, string QuestionId, string Category, string Model, string? Status, string? Reason, long? Tokens, double? LatencyMs, double? Value,
    bool GamesDisagree, bool JudgesDisagree, IReadOnlyList<ListedGame> Games)
{
    internal static ListedAnswer Of(FrozenRun run, QuestionRow row)
    {
        var question = run.Questions[row.Question].Question;
        return new ListedAnswer(
            row.Question, question.Id, question.Category, row.Model, row.Answer?.Status.Name(), row.Answer?.Reason, row.Answer?.Usage?.Output,
            row.Answer?.LatencyMs, Verdicts.Value(row), Verdicts.GamesDisagree(row), Verdicts.JudgesDisagree(row),
            [.. row.Games.Select(game => ListedGame.Of(game))]);
    }
}

/// <param name="Game">1, or 2 with positions swapped.</param>
/// <param name="Verdict">As the judge writes it, such as <c>A>>B</c>; in game 1 the baseline is A, in game 2 the model.</param>
/// <param name="ForModel">The same from 2 (the model is much better) to −2.</param>
/// <param name="Unscored">Why the judge's text has no score.</param>
public sealed record ListedGame(
    string Judge, int Game, string Status, string? Reason, double? Rating, string? Verdict, int? ForModel, string? Unscored)
{
    internal static ListedGame Of(IndexRow game) => Of(game.Key, game.Status, game.Reason, game.Score);

    internal static ListedGame Of(RecordKey key, RecordStatus status, string? reason, Score? score) => new(
        key.Judge!, key.GameNumber!.Value, status.Name(), reason, score?.Rating, score?.Verdict is { } verdict ? VerdictLabel.Of(verdict) : null,
        Verdicts.ForModel(key.GameNumber, score), score?.Unscored is { } unscored ? UnscoredReasonName.Of(unscored) : null);
}

/// <summary>One question with one model's answer and all judgments of it, with their texts.</summary>
/// <param name="Previous">Of the list with the same filter; so for <paramref name="Next"/>.</param>
public sealed record AnswerDetail(
    string Run, int Question, string QuestionId, string Category, IReadOnlyList<string> Turns, AnswerTexts Answer, AnswerTexts? Baseline,
    IReadOnlyList<AnswerTexts> References, IReadOnlyList<GameTexts> Games, AnswerPlace? Previous, AnswerPlace? Next)
{
    internal static AnswerDetail Of(ShownQuestion shown, ListPlace at)
    {
        var question = shown.Frozen.Question;
        return new AnswerDetail(
            shown.Run.Spec.Run, shown.Index, question.Id, question.Category, question.Turns, AnswerTexts.Of(shown.Run, shown.ModelName, shown.Answer),
            shown.Baseline is { } baseline ? AnswerTexts.Of(shown.Run, baseline, shown.BaselineAnswer) : null,
            [.. shown.Run.Spec.Judging.ReferenceModels.Zip(shown.Frozen.References).Where(pair => pair.Second is not null)
                .Select(pair => AnswerTexts.OfReference(pair.First, pair.Second!))],
            [.. shown.Games.Select(game => GameTexts.Of(shown.Run, game))], AnswerPlace.Of(at.Previous), AnswerPlace.Of(at.Next));
    }
}

/// <param name="Question">Its number in the run, from 0.</param>
public sealed record AnswerPlace(int Question, string Model)
{
    internal static AnswerPlace? Of(QuestionRow? row) => row is null ? null : new AnswerPlace(row.Question, row.Model);
}

/// <summary>What a model wrote. Models are not to be trusted: a reader shows it as text.</summary>
/// <param name="Status">Of its record; null: there is none yet, or it is a reference.</param>
/// <param name="Turns">Empty where there is no answer. The first choice, which is the one that is judged.</param>
/// <param name="Usd">Null where nothing was paid in this run, or there is no price.</param>
public sealed record AnswerTexts(
    string Model, string? Status, string? Reason, IReadOnlyList<AnswerTurn> Turns, TokenUsage? Usage, decimal? Usd, double? LatencyMs, int? Attempts, string? ModelVersion)
{
    internal static AnswerTexts Of(FrozenRun run, string model, RecordEnvelope? line)
    {
        string? damage = null;
        var answer = line?.Record is { } record ? ReadRecord.Of(() => run.Dialect.ReadAnswer(record), out damage) : null;
        return new AnswerTexts(
            model, (damage is null ? line?.Status : RecordStatus.Malformed)?.Name(), damage ?? line?.Reason, answer?.Choices[0].Turns ?? [], line?.Usage,
            RecordCost.Of(run, line), line?.LatencyMs, line?.Attempts, line?.ModelVersion);
    }

    internal static AnswerTexts OfReference(string model, Answer answer) => new(model, null, null, answer.Choices[0].Turns, null, null, null, null, null);
}

/// <param name="Played">Null: not played.</param>
/// <param name="Prompt">What the judge was given.</param>
/// <param name="Judgment">What the judge wrote.</param>
public sealed record GameTexts(
    string Judge, int Game, ListedGame? Played, string? Prompt, string? Judgment, string? Thought, TokenUsage? Usage, decimal? Usd, double? LatencyMs)
{
    internal static GameTexts Of(FrozenRun run, ShownGame shown)
    {
        var line = shown.Record;
        string? damage = null;
        var game = line?.Record is { } record ? ReadRecord.Of(() => GameRecord.Read(record), out damage) : null;
        var played = line is null ? null : ListedGame.Of(line.Key, damage is null ? line.Status : RecordStatus.Malformed, damage ?? line.Reason, game?.Score);
        return new GameTexts(shown.Judge, shown.Number, played, game?.UserPrompt, game?.Text, game?.Thought, line?.Usage,
            RecordCost.Of(run, line), line?.LatencyMs);
    }
}

/// <summary>Two models of a run, or of two runs, question by question.</summary>
/// <param name="Better">Questions on which the second did better; so for <paramref name="Worse"/> and <paramref name="Same"/>.</param>
public sealed record AnswerComparison(
    ComparedSide First, ComparedSide Second, int Better, int Worse, int Same, int Page, int Pages, int Size, IReadOnlyList<ComparedAnswer> Questions);

public sealed record ComparedSide(string Run, string Model);

/// <param name="Question">Its number in the first side's run.</param>
/// <param name="First">As in a list: a rating, or a verdict from 2 to −2.</param>
/// <param name="Change">Second less first; null where one of them has no score.</param>
public sealed record ComparedAnswer(int Question, string QuestionId, string Category, double? First, double? Second, double? Change);
