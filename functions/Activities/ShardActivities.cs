using ArenaBench.Core.Runs;
using ArenaBench.Functions.Orchestrators;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.Functions.Activities;

public sealed class ShardActivities(RunCatalog runs, AnswerGeneration answers, GameJudging games, SkippedRecords skipped)
{
    [Function(nameof(ReadShard))]
    public async Task<ShardWork> ReadShard([ActivityTrigger] ShardInput input, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        var work = run.Plan!.Models[input.Model];
        return new ShardWork(work.Shards[input.Shard], work.AnswerLanes, work.JudgeLanes, run.Spec.Judges.Count);
    }

    [Function(nameof(GenerateAnswer))]
    public async Task<StepResult> GenerateAnswer([ActivityTrigger] AnswerInput input, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        return Step(await answers.RunAsync(run, input.Model, input.Shard, input.Question, input.Tries, cancellationToken));
    }

    [Function(nameof(JudgeAnswer))]
    public async Task<StepResult> JudgeAnswer([ActivityTrigger] GameInput input, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        return Step(await games.RunAsync(
            run, input.Model, input.Shard, input.Question, input.Judge, input.Game, input.Tries, cancellationToken));
    }

    [Function(nameof(RecordSkipped))]
    public async Task RecordSkipped([ActivityTrigger] SkipInput input, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        foreach (var item in input.Items)
            await skipped.RecordAsync(run, input.Model, input.Shard, item.Question, item.Answer, item.Games, item.Status, cancellationToken);
    }

    private static StepResult Step(StepOutcome outcome) => new(outcome.Status, outcome.RetryAfter?.TotalSeconds, outcome.Fatal, outcome.Tries);
}
