using ArenaBench.Core.Runs;
using ArenaBench.Functions.Orchestrators;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Activities;

public sealed class ShardActivities(RunCatalog runs, AnswerGeneration answers, GameJudging games, SkippedRecords skipped, RunWatch watch)
{
    [Function(nameof(ReadShard))]
    public async Task<ShardWork> ReadShard([ActivityTrigger] ShardInput input, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        var work = run.Plan!.Models[input.Model];
        return new ShardWork(work.Shards[input.Shard], work.AnswerLanes, work.JudgeLanes, run.Spec.Judges.Count);
    }

    [Function(nameof(GenerateAnswer))]
    public async Task<StepResult> GenerateAnswer(
        [ActivityTrigger] AnswerInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        return await watch.CallAsync(client, input.Run, input.Attempt, wanted => answers.RunAsync(
            run, input.Model, input.Shard, input.Question, input.Tries, wanted), cancellationToken);
    }

    [Function(nameof(JudgeAnswer))]
    public async Task<StepResult> JudgeAnswer(
        [ActivityTrigger] GameInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        return await watch.CallAsync(client, input.Run, input.Attempt, wanted => games.RunAsync(
            run, input.Model, input.Shard, input.Question, input.Judge, input.Game, input.Tries, wanted), cancellationToken);
    }

    [Function(nameof(RecordSkipped))]
    public async Task RecordSkipped([ActivityTrigger] SkipInput input, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        foreach (var item in input.Items)
            await skipped.RecordAsync(run, input.Model, input.Shard, item.Question, item.Answer, item.Games, item.Status, cancellationToken);
    }
}
