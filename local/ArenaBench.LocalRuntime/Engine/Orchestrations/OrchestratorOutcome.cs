using System.Text.Json;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>How an orchestrator's finished task ends its instance.</summary>
internal static class OrchestratorOutcome
{
    public static OrchestratorAction Of(Task<object?> task)
    {
        if (task.IsCanceled)
            return new Failed(Failures.Record(new TaskCanceledException(task)));
        if (task.Exception is { } failure)
            return new Failed(Failures.Record(failure.InnerException!));
        try
        {
            return new Completed(EngineJson.Converter.Serialize(task.Result));
        }
        catch (Exception unserializable) when (unserializable is JsonException or NotSupportedException)
        {
            return new Failed(Failures.Record(unserializable));
        }
    }
}
