using Microsoft.DurableTask;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>An orchestrator: deterministic code that works with the context it is given.</summary>
public sealed record OrchestratorFunction(string Name, Func<TaskOrchestrationContext, Task<object?>> InvokeAsync);

/// <summary>An activity: JSON in, JSON out; its exception is the failure of the call.</summary>
public sealed record ActivityFunction(string Name, Func<ActivityCall, CancellationToken, Task<string?>> InvokeAsync);

/// <summary>One call of an activity: the instance that makes it and its input as JSON (null when there is none).</summary>
public sealed record ActivityCall(string InstanceId, string? Input);

/// <summary>The functions of the app by name, without regard to case.</summary>
public sealed class FunctionCatalog
{
    private readonly Dictionary<string, OrchestratorFunction> _orchestrators;
    private readonly Dictionary<string, ActivityFunction> _activities;

    /// <exception cref="ArgumentException">Two functions of a kind share a name.</exception>
    public FunctionCatalog(IEnumerable<OrchestratorFunction> orchestrators, IEnumerable<ActivityFunction> activities)
    {
        _orchestrators = orchestrators.ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);
        _activities = activities.ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);
    }

    public OrchestratorFunction? FindOrchestrator(string name) => _orchestrators.GetValueOrDefault(name);

    public ActivityFunction? FindActivity(string name) => _activities.GetValueOrDefault(name);
}
