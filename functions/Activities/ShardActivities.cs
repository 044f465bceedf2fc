using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Telemetry;
using ArenaBench.Functions.Orchestrators;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace ArenaBench.Functions.Activities;

public sealed partial class ShardActivities(
    RunCatalog runs, WorkBounds bounds, AnswerGeneration answers, GameJudging games, SkippedRecords skipped, RunWatch watch, TimeProvider time,
    ILogger<ShardActivities> log)
{
    [Function(nameof(ReadShard))]
    public async Task<ShardWork> ReadShard([ActivityTrigger] ShardInput input, CancellationToken cancellationToken)
    {
        WorkflowMetrics.Began(input.Asked, time.GetUtcNow());
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        var work = run.Plan!.Models[input.Model];
        var traced = RunTrace.Of(run.Spec) is not null;
        if (run.Spec.Budget is null)
            return new ShardWork(work.Shards[input.Shard], work.AnswerLanes, work.JudgeLanes, run.Spec.Judges.Count, traced);
        var open = await bounds.OpenOfAsync(run, input.Model, input.Shard, cancellationToken);
        return new ShardWork(
            [.. open.Select(bounded => bounded.Work)], work.AnswerLanes, work.JudgeLanes, run.Spec.Judges.Count, traced,
            [.. open.Select(bounded => bounded.Bound)]);
    }

    [Function(nameof(GenerateAnswer))]
    public async Task<StepResult> GenerateAnswer(
        [ActivityTrigger] AnswerInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        using var span = RunTrace.Of(run.Spec)?.Step("answer", input.Model, input.Question);
        var result = await watch.CallAsync(client, input.Run, input.Attempt, wanted => answers.RunAsync(
            run, input.Model, input.Shard, input.Question, input.Tries, input.Pass, wanted), cancellationToken);
        var model = run.Spec.AnsweringModels[input.Model].Name;
        WorkflowMetrics.Ended("answer", model, StatusOf(result));
        Answered(LevelOf(result), input.Run, model, input.Question, StatusOf(result));
        return run.Spec.Budget is null || !result.HasRecord
            ? result
            : result with { Games = await bounds.OfGamesAsync(run, input.Model, input.Question, cancellationToken) };
    }

    [Function(nameof(JudgeAnswer))]
    public async Task<StepResult> JudgeAnswer(
        [ActivityTrigger] GameInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        var (model, judge) = (run.Spec.AnsweringModels[input.Model].Name, run.Spec.Judges[input.Judge].Name);
        using var span = RunTrace.Of(run.Spec)?.Step("judge", input.Model, input.Question, judge, input.Game);
        var result = await watch.CallAsync(client, input.Run, input.Attempt, wanted => games.RunAsync(
            run, input.Model, input.Shard, input.Question, input.Judge, input.Game, input.Tries, input.Pass, wanted), cancellationToken);
        WorkflowMetrics.Ended("game", model, StatusOf(result));
        Judged(LevelOf(result), input.Run, judge, model, input.Question, input.Game, StatusOf(result));
        return result;
    }

    [Function(nameof(RecordSkipped))]
    public async Task RecordSkipped([ActivityTrigger] SkipInput input, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        foreach (var item in input.Items)
            await skipped.RecordAsync(run, input.Model, input.Shard, item.Question, item.Answer, item.Games, item.Status, cancellationToken);
    }

    private static string StatusOf(StepResult result) => result.RetryAfterSeconds is null ? result.Status.ToString() : "Waiting";

    // Ids and statuses only: what a model said, or an endpoint, is in the records.
    private static LogLevel LevelOf(StepResult result) =>
        result.RetryAfterSeconds is not null || result.Status is RecordStatus.Ok or RecordStatus.Reused or RecordStatus.Cancelled ? LogLevel.Debug : LogLevel.Warning;

    [LoggerMessage("Run {Run}: {Model} on question {Question}: {Status}")]
    private partial void Answered(LogLevel level, string run, string model, int question, string status);

    [LoggerMessage("Run {Run}: {Judge} on {Model}, question {Question}, game {Game}: {Status}")]
    private partial void Judged(LogLevel level, string run, string judge, string model, int question, int game, string status);
}
