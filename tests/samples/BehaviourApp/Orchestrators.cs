using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BehaviourApp;

public static class Orchestrators
{
    [Function(nameof(Hello))]
    public static async Task<string> Hello([OrchestrationTrigger] TaskOrchestrationContext context, string? name) =>
        await context.CallActivityAsync<string>(nameof(Activities.SayHello), name ?? "nobody");

    [Function(nameof(HelloInOtherCase))]
    public static Task<string> HelloInOtherCase([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>("SAYHELLO", "case");

    [Function(nameof(RoundTrip))]
    public static Task<Thing> RoundTrip([OrchestrationTrigger] TaskOrchestrationContext context, Thing thing) =>
        context.CallActivityAsync<Thing>(nameof(Activities.Describe), thing);

    [Function(nameof(NumberToText))]
    public static Task<string> NumberToText([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>(nameof(Activities.SayHello), 5);

    [Function(nameof(ObjectToText))]
    public static Task<string> ObjectToText([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>(nameof(Activities.SayHello), new Thing("a", 1, Colour.Red));

    [Function(nameof(Caller))]
    public static Task<string> Caller([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>(nameof(Activities.WhoCalls), "");

    [Function(nameof(Busy))]
    public static Task<int> Busy([OrchestrationTrigger] TaskOrchestrationContext context, int milliseconds) =>
        context.CallActivityAsync<int>(nameof(Activities.Work), new WorkItem(context.InstanceId, milliseconds));

    [Function(nameof(Status))]
    public static async Task<string> Status([OrchestrationTrigger] TaskOrchestrationContext context, int characters)
    {
        context.SetCustomStatus(new string('x', characters));
        return await context.WaitForExternalEvent<string>("Go");
    }

    [Function(nameof(Count))]
    public static async Task<int> Count([OrchestrationTrigger] TaskOrchestrationContext context, int from)
    {
        await context.CallActivityAsync<string>(nameof(Activities.SayHello), "count");
        if (from < 3) context.ContinueAsNew(from + 1);
        return from;
    }

    [Function(nameof(Failing))]
    public static Task<int> Failing([OrchestrationTrigger] TaskOrchestrationContext context) =>
        throw new InvalidOperationException("the orchestrator's own fault");

    [Function(nameof(Uncaught))]
    public static Task<int> Uncaught([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<int>(nameof(Activities.FailAlways), "it");

    [Function(nameof(Caught))]
    public static async Task<string> Caught([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            return (await context.CallActivityAsync<int>(nameof(Activities.FailAlways), "it")).ToString(
                System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (TaskFailedException e)
        {
            return $"{e.Message}|{e.FailureDetails.ErrorMessage}|{e.FailureDetails.ErrorType.Length > 0}";
        }
    }

    [Function(nameof(Retried))]
    public static Task<int> Retried([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<int>(
            nameof(Activities.FailTwice), context.InstanceId,
            TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(200))));
}
