using System.Reflection;
using ArenaBench.LocalRuntime.Engine;
using Microsoft.DurableTask;

namespace ArenaBench.LocalRuntime.Functions;

/// <summary>Makes the app's orchestrators callable by the engine.</summary>
internal static class OrchestratorFunctions
{
    private static readonly MethodInfo GetInput =
        typeof(TaskOrchestrationContext).GetMethod(nameof(TaskOrchestrationContext.GetInput), Type.EmptyTypes)!;

    public static OrchestratorFunction For(AppFunction function)
    {
        var method = function.Method;
        var readers = function.Parameters.Select(Reader).ToArray();
        return new OrchestratorFunction(function.Name, context =>
        {
            var arguments = Array.ConvertAll(readers, read => read(context));
            return FunctionResult.ReadAsync(
                method, method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null));
        });
    }

    private static Func<TaskOrchestrationContext, object?> Reader(FunctionParameterSource parameter)
    {
        if (parameter.Origin == ParameterOrigin.OrchestrationContext) return context => context;
        var read = GetInput.MakeGenericMethod(parameter.Type);
        return context => read.Invoke(context, BindingFlags.DoNotWrapExceptions, null, null, null);
    }
}
