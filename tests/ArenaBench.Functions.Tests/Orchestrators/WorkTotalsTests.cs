using ArenaBench.Core.Costs;
using ArenaBench.Functions.Orchestrators;

namespace ArenaBench.Functions.Tests.Orchestrators;

public sealed class WorkTotalsTests
{
    [Fact]
    public void Sum_has_all_of_both()
    {
        var a = new WorkTotals(4, 3, 8, 2, Failures(("TimedOut", 1), ("EndpointFailed", 2)), new Stops(false, [2]), [new(3, 30, 10), new(1, 5, 5)]);
        var b = new WorkTotals(1, 1, 2, 2, Failures(("TimedOut", 4)), new Stops(true, [0, 2]), [new(1, 1, 1)], [new OpenShard(7, 3, Amount.Zero)]);

        foreach (var sum in new[] { a.Plus(b), b.Plus(a) })
        {
            Assert.Equal((5, 4, 10, 4), (sum.Answers, sum.AnswersDone, sum.Games, sum.GamesDone));
            Assert.Equal([KeyValuePair.Create("EndpointFailed", 2), KeyValuePair.Create("TimedOut", 5)], sum.Failures);
            Assert.Equal((true, false), (sum.Stops.Model, sum.Stops.Run));
            Assert.Equal([0, 2], sum.Stops.Judges);
            Assert.Equal([new Spending(4, 31, 11), new Spending(1, 5, 5)], sum.Spent!);
            Assert.Equal(7, Assert.Single(sum.Open!).Shard);
        }
    }

    [Fact]
    public void Nothing_added_changes_nothing()
    {
        var some = new WorkTotals(4, 3, 8, 2, Failures(("TimedOut", 1)), new Stops(false, [1], Run: true), [new(3, 30, 10)]);

        foreach (var sum in new[] { some.Plus(WorkTotals.None), WorkTotals.None.Plus(some) })
        {
            Assert.Equal(some.Failures, sum.Failures);
            Assert.Equal([1], sum.Stops.Judges);
            Assert.True(sum.Stops.Run);
            Assert.Equal(some.Spent, sum.Spent);
            Assert.Null(sum.Open);
        }
    }

    private static Dictionary<string, int> Failures(params (string Status, int Count)[] failures) =>
        failures.ToDictionary(failure => failure.Status, failure => failure.Count);
}
