namespace ArenaBench.LocalRuntime.Engine;

/// <summary>On replay an orchestrator did not do what its history says it did.</summary>
public sealed class NonDeterministicOrchestrationException : Exception
{
    public NonDeterministicOrchestrationException(string message)
        : base(message)
    {
    }

    internal static NonDeterministicOrchestrationException At(
        int line, OrchestratorAction? recorded, OrchestratorAction? produced) => new(
        $"Non-deterministic orchestrator: at history line {line} it {Describe(recorded, "did nothing")} when it first "
        + $"ran, but {Describe(produced, "does nothing")} on replay. Was its code changed while the instance was running, "
        + "or does it depend on time, randomness, configuration or I/O?");

    internal static string Describe(OrchestratorAction? action, string none) => action switch
    {
        null => none,
        TaskScheduled task => $"called activity '{task.Name}' (#{task.Task})",
        ChildScheduled child => $"called sub-orchestration '{child.Name}' as '{child.InstanceId}' (#{child.Task})",
        TimerScheduled timer => $"set a timer (#{timer.Task})",
        TimerCanceled timer => $"cancelled timer #{timer.Task}",
        EventSent sent => $"sent event '{sent.Name}' to '{sent.InstanceId}' (#{sent.Task})",
        Failed failed => $"failed ({failed.Failure.Type}: {failed.Failure.Message})",
        ContinuedAsNew => "continued as new",
        Completed => "returned",
        _ => action.GetType().Name,
    };
}
