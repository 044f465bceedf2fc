using System.Text.Json;
using ArenaBench.LocalRuntime.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace ArenaBench.LocalRuntime.Functions;

/// <summary>Makes the app's activities callable by the engine: JSON in, JSON out, a scope of services for each call.</summary>
internal sealed class ActivityFunctions(FunctionInvoker invoker, IServiceScopeFactory scopes, FunctionTimeout timeout)
{
    public ActivityFunction For(AppFunction function) => new(function.Name, (call, cancellation) =>
        timeout.RunAsync(function.Name, token => InvokeAsync(function, call, token), cancellation));

    private async Task<string?> InvokeAsync(AppFunction function, ActivityCall call, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = call.InstanceId };
        var result = await invoker.InvokeAsync(new LocalFunctionContext(function, scope.ServiceProvider, data, cancellation)
        {
            Bind = parameter => parameter.Origin == ParameterOrigin.InstanceId
                ? call.InstanceId
                : Input(function, parameter, call.Input),
        });
        return EngineJson.Converter.Serialize(result);
    }

    /// <summary>Strict: JSON of another kind than the parameter's type is a failure of the call.</summary>
    private static object? Input(AppFunction function, FunctionParameterSource parameter, string? json)
    {
        try
        {
            var value = EngineJson.Converter.Deserialize(json, parameter.Type);
            if (value is null && parameter.Type.IsValueType && Nullable.GetUnderlyingType(parameter.Type) is null)
                throw new InvalidOperationException(
                    $"Activity '{function.Name}' was called without input, but '{parameter.Name}' is {parameter.Type.Name}.");
            return value;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            var path = (e as JsonException)?.Path is { } at ? $" (at {at})" : "";
            throw new InvalidOperationException(
                $"The input of activity '{function.Name}' does not bind to '{parameter.Type.Name} {parameter.Name}'{path}.", e);
        }
    }
}
