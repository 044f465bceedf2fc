namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Carries a recorded failure to the call that awaits it.</summary>
internal sealed class CallFailure(FailureRecord failure) : Exception(failure.Message)
{
    public FailureRecord Failure { get; } = failure;
}
