using ArenaBench.LocalRuntime.Functions;
using ArenaBench.LocalRuntime.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.LocalRuntime.Tests.Host;

public sealed class FunctionDiscoveryTests
{
    [Fact]
    public void FindsMethods_OfTheSampleApp()
    {
        var functions = FunctionDiscovery.Find(typeof(BehaviourApp.AppSetup).Assembly);

        Assert.Contains(functions.Of(FunctionTrigger.Http), f => f.Name == "Number");
        Assert.Contains(functions.Of(FunctionTrigger.Activity), f => f.EntryPoint == "BehaviourApp.Activities.SayHello");
        Assert.Contains(functions.Of(FunctionTrigger.Orchestration), f => f.Name == "Hello");
    }

    [Fact]
    public void SameNameInAnotherCase_FailsNamingBoth()
    {
        var failure = Assert.Throws<LocalHostException>(() => FunctionDiscovery.Find("app", [typeof(One), typeof(Other)]));

        Assert.Contains("FunctionDiscoveryTests+One.Work and ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("FunctionDiscoveryTests+Other.Work", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralProblems_AreSaidAtOnce()
    {
        var failure = Assert.Throws<LocalHostException>(
            () => FunctionDiscovery.Find("app", [typeof(One), typeof(Other), typeof(Broken)]));

        Assert.Contains("has 0 triggers", failure.Message, StringComparison.Ordinal);
        Assert.Contains("is used by", failure.Message, StringComparison.Ordinal);
    }

    public sealed class One
    {
        [Function("SomeWork")]
        public static int Work([ActivityTrigger] int input) => input;
    }

    public sealed class Other
    {
        [Function("somework")]
        public static int Work([ActivityTrigger] int input) => input;
    }

    public sealed class Broken
    {
        [Function("Broken")]
        public static int Work(int input) => input;
    }
}
