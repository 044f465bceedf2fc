using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Functions;

/// <summary>Reads one function's signature and says what is not supported, and what is.</summary>
internal static class FunctionSignature
{
    public static AppFunction? Read(string name, MethodInfo method, List<string> problems)
    {
        var before = problems.Count;
        var place = $"{FunctionDiscovery.Place(method)} ('{name}')";
        var triggers = method.GetParameters().SelectMany(Triggers).ToList();
        if (string.IsNullOrWhiteSpace(name)) problems.Add($"{place}: the function has no name.");
        if (!method.IsPublic || !method.DeclaringType!.IsVisible)
            problems.Add($"{place}: the method and its class must be public.");
        if (method.IsGenericMethodDefinition || method.DeclaringType!.ContainsGenericParameters)
            problems.Add($"{place}: the method and its class must not be generic.");
        if (method is { IsStatic: false, DeclaringType.IsAbstract: true })
            problems.Add($"{place}: its class is abstract; an instance cannot be made.");
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
            problems.Add($"{place}: async void cannot be awaited; return Task.");
        if (triggers.Count != 1)
        {
            problems.Add($"{place}: has {triggers.Count} triggers; exactly one parameter carries [HttpTrigger], "
                + "[OrchestrationTrigger] or [ActivityTrigger].");
            return null;
        }

        var sources = method.GetParameters().Select(p => Source(p, triggers[0], place, problems)).ToList();
        CheckTrigger(method, triggers[0], sources, place, problems);
        return problems.Count > before
            ? null
            : new AppFunction(name, method, triggers[0], [.. sources.Select(s => s!)]);
    }

    private static IEnumerable<FunctionTrigger> Triggers(ParameterInfo parameter)
    {
        if (parameter.IsDefined(typeof(HttpTriggerAttribute))) yield return FunctionTrigger.Http;
        if (parameter.IsDefined(typeof(OrchestrationTriggerAttribute))) yield return FunctionTrigger.Orchestration;
        if (parameter.IsDefined(typeof(ActivityTriggerAttribute))) yield return FunctionTrigger.Activity;
    }

    private static FunctionParameterSource? Source(
        ParameterInfo parameter, FunctionTrigger trigger, string place, List<string> problems)
    {
        var type = parameter.ParameterType;
        ParameterOrigin? origin = parameter switch
        {
            _ when type.IsByRef => null,
            _ when parameter.IsDefined(typeof(HttpTriggerAttribute)) =>
                type == typeof(HttpRequest) ? ParameterOrigin.Request : null,
            _ when parameter.IsDefined(typeof(OrchestrationTriggerAttribute)) =>
                type == typeof(TaskOrchestrationContext) ? ParameterOrigin.OrchestrationContext : null,
            _ when parameter.IsDefined(typeof(ActivityTriggerAttribute)) => ParameterOrigin.Input,
            _ when parameter.GetCustomAttribute<DurableClientAttribute>() is { } hub =>
                type == typeof(DurableTaskClient) && trigger != FunctionTrigger.Orchestration
                    && hub is { TaskHub: null, ConnectionName: null }
                    ? ParameterOrigin.DurableClient : null,
            _ when trigger == FunctionTrigger.Orchestration =>
                type == typeof(FunctionContext) || type == typeof(CancellationToken) ? null : ParameterOrigin.Input,
            _ when type == typeof(FunctionContext) => ParameterOrigin.FunctionContext,
            _ when type == typeof(CancellationToken) => ParameterOrigin.Cancellation,
            _ when trigger == FunctionTrigger.Http => RouteValue.CanRead(type) ? ParameterOrigin.RouteOrQuery : null,
            _ => type == typeof(string) && string.Equals(parameter.Name, "instanceId", StringComparison.OrdinalIgnoreCase)
                ? ParameterOrigin.InstanceId : null,
        };
        if (origin is { } known) return new FunctionParameterSource(parameter, known);
        problems.Add($"{place}: parameter '{type.Name} {parameter.Name}' is not supported. {Supported(trigger)}");
        return null;
    }

    private static string Supported(FunctionTrigger trigger) => trigger switch
    {
        FunctionTrigger.Http => "An HTTP function takes [HttpTrigger] HttpRequest, [DurableClient] DurableTaskClient (of the app's own hub), "
            + "FunctionContext, CancellationToken, and route or query values by name (string, number, bool, Guid, date, enum).",
        FunctionTrigger.Orchestration => "An orchestrator takes [OrchestrationTrigger] TaskOrchestrationContext and one input.",
        _ => "An activity takes its [ActivityTrigger] input, [DurableClient] DurableTaskClient, FunctionContext, "
            + "CancellationToken and 'string instanceId'.",
    };

    private static void CheckTrigger(
        MethodInfo method, FunctionTrigger trigger, List<FunctionParameterSource?> sources, string place, List<string> problems)
    {
        switch (trigger)
        {
            case FunctionTrigger.Http when !IsResponse(FunctionResult.TypeOf(method)):
                problems.Add($"{place}: returns {FunctionResult.TypeOf(method)!.Name}, which the Functions host answers with an "
                    + "empty body under ASP.NET Core integration. Return IResult or IActionResult (or a Task of one), "
                    + "for example Results.Ok(value).");
                break;
            case FunctionTrigger.Orchestration:
                if (!method.IsStatic)
                    problems.Add($"{place}: an orchestrator is a static method: it must not reach services, I/O or clocks.");
                var inputs = sources.Where(s => s?.Origin == ParameterOrigin.Input).ToList();
                if (inputs.Count > 1)
                    problems.Add($"{place}: has {inputs.Count} inputs. {Supported(trigger)}");
                foreach (var input in inputs.Where(i => i!.Type.IsInterface || i.Type is { IsAbstract: true, IsSealed: false }))
                    problems.Add($"{place}: input '{input!.Name}' is of the abstract type {input.Type.Name}, to which the "
                        + "Functions host binds nothing; take a concrete type.");
                break;
        }
    }

    private static bool IsResponse(Type? type) =>
        type is null || typeof(IResult).IsAssignableFrom(type) || typeof(IActionResult).IsAssignableFrom(type);
}
