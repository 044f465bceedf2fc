using ArenaBench.Simulation.Chat;
using ArenaBench.Simulation.Faults;

namespace ArenaBench.Local.Tests.Simulation;

public sealed class FaultPlanTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Rate_HoldsOverManyRequests_AndOverTheirAttempts()
    {
        var plan = Plan(new FaultRule { Kind = FaultKind.RateLimit, Rate = 0.2 }, new FaultRule { Kind = FaultKind.ServerError, Rate = 0.05 });
        var first = Enumerable.Range(0, 5000).Select(i => plan.Strike(Request(i), i + 1)?.Kind).ToList();
        Assert.InRange(first.Count(kind => kind == FaultKind.RateLimit), 900, 1100);
        Assert.InRange(first.Count(kind => kind == FaultKind.ServerError), 150, 250);
        var again = Enumerable.Range(0, 5000).Select(i => plan.Strike(Request(i), 5001 + i)?.Kind).ToList();
        // A second attempt is drawn anew: about 0.2 × 0.2 fail twice.
        Assert.InRange(first.Zip(again).Count(pair => pair is (FaultKind.RateLimit, FaultKind.RateLimit)), 150, 250);
    }

    [Fact]
    public void Rate_DoesNotDependOnTheOrderOfRequests()
    {
        var rule = new FaultRule { Kind = FaultKind.RateLimit, Rate = 0.3 };
        var (one, two) = (Plan(rule), Plan(rule));
        var forward = Enumerable.Range(0, 500).Select(i => one.Strike(Request(i), i + 1) is not null).ToList();
        var backward = Enumerable.Range(0, 500).Reverse().Select(i => two.Strike(Request(i), 500 - i) is not null).Reverse().ToList();
        Assert.Equal(forward, backward);
    }

    [Fact]
    public void Sticky_FailsEveryAttemptAlike()
    {
        var plan = Plan(new FaultRule { Kind = FaultKind.ContentFilter, Rate = 0.5, Sticky = true });
        for (var i = 0; i < 100; i++)
            Assert.Equal(plan.Strike(Request(i), 1) is null, plan.Strike(Request(i), 2) is null);
    }

    [Fact]
    public void Schedule_ByCalls()
    {
        var plan = Plan(new FaultRule { Kind = FaultKind.Unavailable, FromCall = 3, ToCall = 4 });
        Assert.Equal([false, false, true, true, false], Enumerable.Range(1, 5).Select(call => plan.Strike(Request(call), call) is not null));
    }

    [Fact]
    public void Schedule_BySeconds()
    {
        var plan = Plan(new FaultRule { Kind = FaultKind.Unavailable, FromSeconds = 1, ToSeconds = 2 });
        Assert.Null(plan.Strike(Request(0), 1));
        _time.Advance(1);
        Assert.NotNull(plan.Strike(Request(0), 2));
        _time.Advance(1);
        Assert.Null(plan.Strike(Request(0), 3));
    }

    [Fact]
    public void Models_AndAttempts_NarrowIt()
    {
        var plan = Plan(new FaultRule { Kind = FaultKind.Reset, Models = ["sim-a"], AttemptsPerRequest = 2 });
        Assert.Null(plan.Strike(Request(0, "sim-b"), 1));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => plan.Strike(Request(0, "sim-a"), 2) is not null));
    }

    private FaultPlan Plan(params FaultRule[] rules) => new(rules, 42, _time);

    private static ChatRequest Request(int number, string model = "sim-a") =>
        new(model, [new ChatMessage("user", $"question {number}")], null, null, null, 1, false, false, null);
}
