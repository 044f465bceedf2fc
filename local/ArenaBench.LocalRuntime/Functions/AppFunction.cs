using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.LocalRuntime.Functions;

/// <summary>What starts a function.</summary>
internal enum FunctionTrigger
{
    Http,
    Orchestration,
    Activity,
}

/// <summary>A function found in the app: its name, the method, and where each parameter comes from.</summary>
internal sealed record AppFunction(
    string Name, MethodInfo Method, FunctionTrigger Trigger, IReadOnlyList<FunctionParameterSource> Parameters)
{
    public string EntryPoint => $"{Method.DeclaringType!.FullName}.{Method.Name}";

    public HttpTriggerAttribute Http => Method.GetParameters()
        .Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>().Single();
}

/// <summary>The functions of an app, their signatures checked.</summary>
internal sealed record AppFunctions(IReadOnlyList<AppFunction> All)
{
    public IEnumerable<AppFunction> Of(FunctionTrigger trigger) => All.Where(f => f.Trigger == trigger);
}
