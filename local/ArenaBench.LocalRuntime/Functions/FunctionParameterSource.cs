using System.Reflection;

namespace ArenaBench.LocalRuntime.Functions;

/// <summary>Where a parameter's value comes from.</summary>
internal enum ParameterOrigin
{
    Request,
    OrchestrationContext,
    Input,
    DurableClient,
    FunctionContext,
    Cancellation,
    InstanceId,
    RouteOrQuery,
}

internal sealed record FunctionParameterSource(ParameterInfo Parameter, ParameterOrigin Origin)
{
    public string Name => Parameter.Name!;

    public Type Type => Parameter.ParameterType;
}
