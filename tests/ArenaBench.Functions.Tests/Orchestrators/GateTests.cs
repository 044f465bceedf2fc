using ArenaBench.Functions.Orchestrators;

namespace ArenaBench.Functions.Tests.Orchestrators;

public class GateTests
{
    [Fact]
    public void EnterAsync_WithFreePlaces_IsImmediate()
    {
        var gate = new Gate(2);

        Assert.True(gate.EnterAsync().IsCompleted);
        Assert.True(gate.EnterAsync().IsCompleted);
        Assert.False(gate.EnterAsync().IsCompleted);
    }

    [Fact]
    public void Leave_WithTheLastWaiting_LetsThemInTogether()
    {
        var gate = new Gate(2, last: 3);
        _ = (gate.EnterAsync(), gate.EnterAsync());
        var waiting = Enumerable.Range(0, 5).Select(_ => gate.EnterAsync()).ToArray();

        gate.Leave();
        Assert.Equal(1, waiting.Count(one => one.IsCompleted));

        gate.Leave();
        Assert.All(waiting, one => Assert.True(one.IsCompleted));
    }

    [Fact]
    public void Leave_WithWaiting_LetsInTheFirstThatCame()
    {
        var gate = new Gate(1);
        _ = gate.EnterAsync();
        var (second, third) = (gate.EnterAsync(), gate.EnterAsync());

        gate.Leave();

        Assert.True(second.IsCompleted);
        Assert.False(third.IsCompleted);
    }

    [Fact]
    public void Leave_WithNobodyWaiting_FreesThePlace()
    {
        var gate = new Gate(1);
        _ = gate.EnterAsync();

        gate.Leave();

        Assert.True(gate.EnterAsync().IsCompleted);
    }
}
