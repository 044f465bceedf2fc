using ArenaBench.Core.Costs;
using ArenaBench.Functions.Activities;
using ArenaBench.Functions.Orchestrators;

namespace ArenaBench.Functions.Tests.Orchestrators;

/// <summary>How a run hands its budget down, with models and shards that are functions of the test.</summary>
public sealed class BudgetPassesTests
{
    private static readonly Amount Question = new(1, 10);

    [Fact]
    public async Task WhatOneModelLeaves_LetsTheOtherGoOn_AndTheRestIsRecordedAtTheEnd()
    {
        // The first needs 3, the second 30; 24 are there, of which the first pass gives them 2 and 21 that are of use.
        var context = Run(new Amount(24, 1000), [3, 30], out var spent);

        var result = await RunOrchestration.RunOrchestrator(context.Object, new RunInput("run", 1));

        Assert.Equal(3, spent[0]);
        Assert.Equal(21, spent[1]);
        Assert.Equal(9, result.Totals.Failures["over_budget"]);
        var passes = context.InputsOf<ModelInput>(nameof(ModelOrchestration.ModelOrchestrator)).ToArray();
        Assert.All(passes, pass => Assert.NotNull(pass.Grant));
        Assert.True(passes[^1].Grant!.Last);
        Assert.Equal(Amount.Zero, passes[^1].Grant!.Allowance);
        Assert.Equal(passes.Select(InstanceIds.Model).Distinct(), context.ChildIds);
    }

    [Fact]
    public async Task WithoutABudget_EachModelRunsOnce_WithoutAnAllowance()
    {
        var context = Run(null, [3, 30], out _);

        await RunOrchestration.RunOrchestrator(context.Object, new RunInput("run", 1));

        var inputs = context.InputsOf<ModelInput>(nameof(ModelOrchestration.ModelOrchestrator)).ToArray();
        Assert.Equal(["run:m00", "run:m01"], context.ChildIds);
        Assert.All(inputs, input => Assert.Null(input.Grant));
    }

    [Theory]
    [InlineData(12, 4)]
    [InlineData(40, 4)]
    [InlineData(100, 1)]
    public async Task Shards_TogetherNeverGetMoreThanTheirModel_AndUseWhatComesBack(int allowance, int window)
    {
        var (spent, most) = (0m, 0m);
        var context = new FakeContext().Child<ShardInput, WorkTotals>(nameof(ShardOrchestration.ShardOrchestrator), shard =>
        {
            var granted = shard.Grant!.Allowance.Usd;
            most = Math.Max(most, spent + granted);
            var used = Math.Min(6, Math.Floor(granted));
            spent += used;
            return Task.FromResult(WorkTotals.None.Paid(0, new Spending(1, 0, 0, Usd: used)) with { Open = used < 6 ? [new OpenShard(shard.Shard, 1, Question)] : null });
        });

        var totals = await ModelOrchestration.ModelOrchestrator(
            context.Object, new ModelInput("run", 1, 0, 10, window, Grant: new Grant(new Amount(allowance, 1_000_000)), Needs: Question));

        Assert.InRange(most, 1, allowance);
        Assert.Equal(spent, totals.Sum.Usd);
        Assert.Equal(10, context.ChildIds.Distinct().Count());
        Assert.Equal(Math.Min(60, allowance), spent);
    }

    /// <summary>Models that answer as many questions, one dollar each, as their allowance pays for.</summary>
    private static FakeContext Run(Amount? budget, int[] needed, out int[] spent)
    {
        var done = new int[needed.Length];
        spent = done;
        return new FakeContext()
            .Activity<RunInput, RunPlan>(nameof(PlanActivities.PlanRun), _ => new RunPlan(
                null, [.. needed.Select((questions, model) => new ModelPlan(model, false, 1, 1, questions, questions, Question))], Budget: budget))
            .Activity<RunInput, string>(nameof(ScoreActivities.ScoreRun), _ => "leaderboard")
            .Activity<PublishInput, bool>(nameof(PublishActivities.PublishRecords), _ => true)
            .Activity<RunInput, bool>(nameof(PlanActivities.ReleaseClaims), _ => true)
            .Activity<PurgeInput, bool>(nameof(CleaningActivities.PurgeShards), _ => true)
            .Activity<RunInput, bool>(nameof(CleaningActivities.DeleteOldRuns), _ => true)
            .Child<ModelInput, WorkTotals>(nameof(ModelOrchestration.ModelOrchestrator), input =>
            {
                var left = needed[input.Model] - done[input.Model];
                var now = input.Grant is { } grant ? Math.Min(left, (int)grant.Allowance.Usd) : left;
                done[input.Model] += now;
                left -= now;
                var totals = WorkTotals.None.Paid(0, new Spending(now, 0, 0, Usd: now));
                return Task.FromResult(left == 0 ? totals
                    : input.Grant!.Last ? totals with { Failures = new Dictionary<string, int> { ["over_budget"] = left } }
                    : totals with { Open = [new OpenShard(0, left, Question)] });
            });
    }
}
