using ArenaBench.Core.Costs;
using ArenaBench.Core.Models;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;

namespace ArenaBench.Core.Tests.Runs;

public sealed class WaitPolicyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly WaitPolicy Policy = WaitPolicy.Default;

    [Fact]
    public void Outage_IsWaitedForInGrowingSteps_AndNotForEver()
    {
        var waits = WaitsOf(Failed(RecordStatus.EndpointFailed, attempts: 0, Second));

        Assert.Equal([1, 1, 2, 4, 8, 16, 32, 64, 128, 128], waits.Take(10).Select(wait => wait.TotalSeconds));
        Assert.Equal(Policy.MaxWaits, waits.Count);
    }

    [Theory]
    [InlineData(RecordStatus.Timeout)]
    [InlineData(RecordStatus.Malformed)]
    [InlineData(RecordStatus.EndpointFailed)]
    public void WhatMayBePaidAndBringsNothing_IsTriedFiveTimes(RecordStatus status) =>
        Assert.Equal(4, WaitsOf(Failed(status, attempts: 1, Second)).Count);

    [Fact]
    public void RefusalsDoNotCountAgainstWhatIsPaid()
    {
        var tries = StepTries.None;
        for (var i = 0; i < 10; i++)
            tries = tries.Plus(Failed(RecordStatus.EndpointFailed, attempts: 0, Second), Spending.None);
        var timedOut = Failed(RecordStatus.Timeout, attempts: 1, TimeSpan.Zero);

        tries = tries.Plus(timedOut, Paid(1));

        Assert.Equal(new StepTries(11, 1, 1, 11, Paid(1)), tries);
        Assert.NotNull(Policy.Next(tries, timedOut));
    }

    [Fact]
    public void WaitingForOnesTurn_HasNoEnd_AndIsNoTry()
    {
        var tries = new StepTries(Policy.MaxWaits, 4, 4);
        var held = ModelReply.Held("busy", 90 * Second);

        Assert.Equal(tries with { Times = 1 }, tries.Plus(held, Spending.None));
        Assert.Equal(90 * Second, Policy.Next(tries, held));
    }

    [Fact]
    public void LongWaits_AreTakenInSteps_AndADayIsNotWaitedFor()
    {
        var tries = new StepTries(1, 0, 0);

        Assert.Equal(Policy.LongestWait, Policy.Next(tries, Failed(RecordStatus.EndpointFailed, 0, TimeSpan.FromHours(2))));
        Assert.Null(Policy.Next(tries, Failed(RecordStatus.EndpointFailed, 0, TimeSpan.FromHours(24))));
        Assert.Null(Policy.Next(tries, Failed(RecordStatus.ContentFilter, 0, null)));
    }

    private static List<TimeSpan> WaitsOf(ModelReply everyTime)
    {
        var waits = new List<TimeSpan>();
        for (var tries = StepTries.None; ;)
        {
            tries = tries.Plus(everyTime, Paid(everyTime.Attempts));
            if (Policy.Next(tries, everyTime) is not { } wait)
                return waits;
            waits.Add(wait);
        }
    }

    private static Spending Paid(int calls) => new(calls, 0, 0);

    private static ModelReply Failed(RecordStatus status, int attempts, TimeSpan? retryAfter) =>
        new(status, null, null, "why", null, 0, null, attempts, retryAfter);
}
