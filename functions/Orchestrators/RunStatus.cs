using Microsoft.DurableTask;

namespace ArenaBench.Functions.Orchestrators;

public static class RunPhase
{
    public const string Planning = "planning";
    public const string Waiting = "waiting";
    public const string Working = "working";
    public const string Scoring = "scoring";
    public const string Completed = "completed";

    /// <summary>Calls in flight end, no other is made.</summary>
    public const string Cancelling = "cancelling";

    /// <summary>Calls in flight are given up.</summary>
    public const string Abandoning = "abandoning";
    public const string Cancelled = "cancelled";
}

/// <summary>A run's custom status: small whatever the number of models, since it is kept in the history each time it is set.</summary>
/// <param name="WaitFor">The run that is doing part of the same work.</param>
/// <param name="Totals">Of the models that have ended.</param>
/// <param name="ModelsEnded">Of <paramref name="Models"/>.</param>
/// <param name="Pass">The last that was begun; more than one only under a budget.</param>
public sealed record RunStatus(string Phase, string? WaitFor, int Models, int ModelsEnded, int Questions, WorkTotals Totals, int Pass = 1);

internal sealed class RunStatusWriter(TaskOrchestrationContext context)
{
    private RunStatus _status = new(RunPhase.Planning, null, 0, 0, 0, WorkTotals.None);

    public WorkTotals Totals => _status.Totals;

    public void Phase(string phase) => Set(_status with { Phase = phase, WaitFor = null });

    public void WaitingFor(string run) => Set(_status with { Phase = RunPhase.Waiting, WaitFor = run });

    public void Working(IReadOnlyList<ModelPlan> models) => Set(_status with
    {
        Phase = RunPhase.Working,
        WaitFor = null,
        Models = models.Count(model => model.Shards > 0),
        Questions = models.Sum(model => model.Questions),
    });

    public void Pass(int pass)
    {
        if (pass > _status.Pass)
            Set(_status with { Pass = pass });
    }

    public void ModelRan(WorkTotals totals, bool hasEnded) =>
        Set(_status with { ModelsEnded = _status.ModelsEnded + (hasEnded ? 1 : 0), Totals = _status.Totals.Plus(totals) });

    private void Set(RunStatus status)
    {
        _status = status;
        context.SetCustomStatus(status);
    }
}
