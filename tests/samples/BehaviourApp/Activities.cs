using Microsoft.Azure.Functions.Worker;

namespace BehaviourApp;

public enum Colour
{
    Red,
    Green,
}

/// <param name="Name">Read whatever its case.</param>
public sealed record Thing(string Name, int Size, Colour Colour);

public sealed record WorkItem(string Key, int Milliseconds);

public sealed class Activities(Calls calls)
{
    [Function(nameof(SayHello))]
    public static string SayHello([ActivityTrigger] string name) => $"Hello {name}";

    [Function(nameof(Describe))]
    public static Thing Describe([ActivityTrigger] Thing thing) => thing;

    [Function(nameof(Work))]
    public async Task<int> Work([ActivityTrigger] WorkItem item, CancellationToken cancellation)
    {
        var count = calls.Add(item.Key);
        await Task.Delay(item.Milliseconds, cancellation);
        return count;
    }

    [Function(nameof(FailTwice))]
    public int FailTwice([ActivityTrigger] string key)
    {
        var count = calls.Add(key);
        return count > 2 ? count : throw new InvalidOperationException($"attempt {count}");
    }

    [Function(nameof(FailAlways))]
    public int FailAlways([ActivityTrigger] string key) => throw new InvalidOperationException($"no luck with {key}");

    [Function(nameof(WhoCalls))]
    public static string WhoCalls([ActivityTrigger] string ignored, string instanceId, FunctionContext context) =>
        $"{instanceId} {context.FunctionDefinition.Name}";
}
