using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ArenaBench.LocalRuntime.Functions;

/// <summary>Runs HTTP functions and activities: middleware, then an instance of the class, then the method.</summary>
internal sealed class FunctionInvoker
{
    private readonly ConcurrentDictionary<Type, ObjectFactory> _factories = new();
    private readonly FunctionExecutionDelegate _pipeline;
    private readonly Func<DurableTaskClient> _client;

    public FunctionInvoker(
        IEnumerable<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware, Func<DurableTaskClient> client)
    {
        _client = client;
        _pipeline = middleware.Reverse().Aggregate((FunctionExecutionDelegate)RunAsync, (next, wrap) => wrap(next));
    }

    public async Task<object?> InvokeAsync(LocalFunctionContext context)
    {
        await _pipeline(context);
        return context.Result;
    }

    private async Task RunAsync(FunctionContext context)
    {
        var run = (LocalFunctionContext)context;
        var method = run.Function.Method;
        var arguments = run.Function.Parameters.Select(p => Argument(p, run)).ToArray();
        var target = method.IsStatic
            ? null
            : _factories.GetOrAdd(method.DeclaringType!, type => ActivatorUtilities.CreateFactory(type, Type.EmptyTypes))(
                run.InstanceServices, null);
        run.Result = await FunctionResult.ReadAsync(
            method, method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null));
    }

    private object? Argument(FunctionParameterSource parameter, LocalFunctionContext run) => parameter.Origin switch
    {
        ParameterOrigin.FunctionContext => run,
        ParameterOrigin.Cancellation => run.CancellationToken,
        ParameterOrigin.DurableClient => _client(),
        _ => run.Bind(parameter),
    };
}
