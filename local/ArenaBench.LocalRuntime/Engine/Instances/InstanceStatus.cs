using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>What the outside sees of an instance: always its durable state.</summary>
internal sealed record InstanceStatus(
    string InstanceId,
    int Generation,
    string Name,
    OrchestrationRuntimeStatus RuntimeStatus,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    string? Input,
    string? Output,
    string? CustomStatus,
    FailureRecord? Failure,
    IReadOnlyDictionary<string, string>? Tags,
    string? ParentId)
{
    public bool IsTerminal => RuntimeStatus
        is OrchestrationRuntimeStatus.Completed
        or OrchestrationRuntimeStatus.Failed
        or OrchestrationRuntimeStatus.Terminated;

    public OrchestrationMetadata ToMetadata(bool withData)
    {
        var tags = Tags ?? System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;
        return new OrchestrationMetadata(Name, InstanceId)
        {
            RuntimeStatus = RuntimeStatus,
            CreatedAt = new DateTimeOffset(CreatedAt),
            LastUpdatedAt = new DateTimeOffset(UpdatedAt),
            Tags = tags,
            DataConverter = withData ? EngineJson.Converter : null,
            SerializedInput = withData ? Input : null,
            SerializedOutput = withData ? Output : null,
            SerializedCustomStatus = withData ? CustomStatus : null,
            FailureDetails = withData && Failure is { } failure ? Failures.Details(failure) : null,
        };
    }
}

/// <summary>The status of an ended instance, kept beside its sealed log so that a start need not read the log.</summary>
internal sealed record InstanceSummary(
    string Name,
    string RuntimeStatus,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    string? Input,
    string? Output,
    string? CustomStatus,
    FailureRecord? Failure,
    IReadOnlyDictionary<string, string>? Tags,
    ParentCall? Parent);
