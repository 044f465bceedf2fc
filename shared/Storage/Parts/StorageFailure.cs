using Azure;

namespace ArenaBench.Core.Storage;

/// <summary>What a failed request says about trying again.</summary>
internal static class StorageFailure
{
    /// <summary>The blob is not as we knew it: to be read anew, at once.</summary>
    public static bool IsStale(Exception failure) =>
        failure is RequestFailedException { Status: 404 or 412 } or RequestFailedException { Status: 409, ErrorCode: "BlockCountExceedsLimit" };

    /// <summary>Network, time-out, overload, outage: it may pass, and what was written may have been stored.</summary>
    public static bool MayPass(Exception failure) => failure switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        RequestFailedException { Status: 409, ErrorCode: "ContainerBeingDeleted" } => true,
        // The SDK's own time-out, and its summary of several failed tries.
        OperationCanceledException or IOException or HttpRequestException => true,
        AggregateException several => several.InnerExceptions.Count > 0 && several.InnerExceptions.All(MayPass),
        _ => false,
    };

    /// <summary>For messages: without headers, which an exception's own message may repeat.</summary>
    public static string Describe(Exception failure) => failure switch
    {
        RequestFailedException { Status: > 0 } refused => $"status {refused.Status} {refused.ErrorCode}",
        AggregateException several => Describe(several.InnerExceptions[^1]),
        _ => failure.Message.Split('\n')[0],
    };
}
