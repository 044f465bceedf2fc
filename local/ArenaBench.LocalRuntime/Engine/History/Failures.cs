using Microsoft.DurableTask;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Between exceptions, the published failure details, and their record in a history.</summary>
internal static class Failures
{
    /// <summary>Enough of a stack to find the place; whole ones would dwarf the rest of a history.</summary>
    private const int MaxStack = 2_000;

    public static FailureRecord Record(Exception exception) => Record(TaskFailureDetails.FromException(exception));

    public static FailureRecord Record(TaskFailureDetails details) => new(
        details.ErrorType,
        details.ErrorMessage,
        details.StackTrace is { Length: > MaxStack } stack ? stack[..MaxStack] : details.StackTrace,
        details.InnerFailure is { } inner ? Record(inner) : null);

    public static TaskFailureDetails Details(FailureRecord failure) => new(
        failure.Type,
        failure.Message,
        failure.Stack,
        failure.Inner is { } inner ? Details(inner) : null,
        null);

    /// <summary>The output of a failed instance: "Type: message" as a JSON string.</summary>
    public static string Output(FailureRecord failure) => EngineJson.Text($"{failure.Type}: {failure.Message}");
}
