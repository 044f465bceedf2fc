using ArenaBench.Core.Costs;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Activities;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace ArenaBench.Functions.Orchestrators;

/// <summary>Some questions of one model: each is answered, and judged as soon as it is answered. Answering and judging have
/// gates of their own, so that neither idles the other. Under a budget a question begins when the most it may cost is set aside.</summary>
public static class ShardOrchestration
{
    [Function(nameof(ShardOrchestrator))]
    public static async Task<WorkTotals> ShardOrchestrator([OrchestrationTrigger] TaskOrchestrationContext context, ShardInput input)
    {
        var work = await context.CallActivityAsync<ShardWork>(nameof(ShardActivities.ReadShard), input with { Asked = context.CurrentUtcDateTime }, Retry.Storage);
        var answering = new Gate(work.AnswerLanes);
        var judging = Enumerable.Range(0, work.Judges).Select(_ => new Gate(work.JudgeLanes)).ToArray();
        var budget = new ShardBudget(input.Grant?.Allowance);
        var progress = new ShardProgress(context, input, work);
        var cancelled = context.WaitForExternalEvent<CancelOrder>(CancelOrder.Event);
        _ = ObeyAsync();

        var times = new Timeline(context);

        await Task.WhenAll(work.Items.Select((item, index) => times.TakeAsync(item.Question, () => HandleQuestionAsync(item, index))));

        if (progress.Skipped.Count > 0)
        {
            await context.CallActivityAsync(nameof(ShardActivities.RecordSkipped),
                new SkipInput(input.Run, input.Attempt, input.Model, input.Shard, progress.Skipped), Retry.Storage);
        }

        if (work.Traced)
            await times.WriteAsync(nameof(TraceActivities.TraceQuestions), new QuestionTimes(input.Run, input.Attempt, input.Model, times.Taken));

        return progress.Totals;

        async Task HandleQuestionAsync(QuestionWork item, int index)
        {
            using var claim = await budget.ClaimAsync(work.Bounds?[index], item.Games);
            if (claim is null)
            {
                progress.LeftOpen(item, work.Bounds![index].Of(item.Games));
                return;
            }

            if (item.Answer)
            {
                var answered = await ThroughAsync(answering, () => progress.WhyNoAnswer, 0, claim, claim.Answer, tries => context.CallActivityAsync<StepResult>(
                    nameof(ShardActivities.GenerateAnswer),
                    new AnswerInput(input.Run, input.Attempt, input.Model, input.Shard, item.Question, tries, input.Pass), Retry.Storage));
                progress.AnswerEnded(item, answered, work.Bounds?[index].Of(item.Games));
                if (!answered.HasRecord)
                    return;
                claim.Provide(answered.Games, item.Games);
            }

            await Task.WhenAll(item.Games.Select(game => JudgeAsync(item, game, claim)));
        }

        async Task JudgeAsync(QuestionWork item, int game, Claim claim)
        {
            var (judge, number) = (game / 2, game % 2 + 1);
            var judged = await ThroughAsync(judging[judge], () => progress.WhyNoGame(judge), judge + 1, claim, claim.Game(judge), tries => context.CallActivityAsync<StepResult>(
                nameof(ShardActivities.JudgeAnswer),
                new GameInput(input.Run, input.Attempt, input.Model, input.Shard, item.Question, judge, number, tries, input.Pass), Retry.Storage));
            progress.GameEnded(item, game, judged, claim.Game(judge));
        }

        // One lane: a wait that the endpoint asked for holds the lane, so that a limited endpoint is not pressed harder.
        async Task<StepResult> ThroughAsync(
            Gate gate, Func<RecordStatus?> whyNot, int payee, Claim claim, Amount most, Func<StepTries, Task<StepResult>> step)
        {
            await gate.EnterAsync();
            try
            {
                for (var tries = StepTries.None; ;)
                {
                    if (whyNot() is { } reason)
                        return new StepResult(reason);
                    if (!claim.TryBegin(most))
                        return new StepResult(RecordStatus.OverBudget);
                    var result = await step(tries);
                    claim.End(most, result.Spent?.AtMost ?? Amount.Zero, again: result.RetryAfterSeconds is not null);
                    progress.Paid(payee, result.Spent);
                    if (result.RetryAfterSeconds is not { } seconds)
                        return result;
                    tries = result.Tries ?? tries;
                    await SleepAsync(TimeSpan.FromSeconds(seconds));
                }
            }
            finally
            {
                gate.Leave();
            }
        }

        async Task SleepAsync(TimeSpan time)
        {
            using var woken = new CancellationTokenSource();
            var timer = context.CreateTimer(time, woken.Token);
            if (await Task.WhenAny(timer, cancelled) == timer)
                return;
            // A timer that is left behind would keep the shard running until it fires.
#pragma warning disable CA1849 // must run here, on the orchestrator's turn
            woken.Cancel();
#pragma warning restore CA1849
        }

        async Task ObeyAsync()
        {
            await cancelled;
            progress.Cancel();
        }
    }
}
