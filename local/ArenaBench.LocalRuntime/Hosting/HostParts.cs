using ArenaBench.LocalRuntime.Functions;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>What the builder settled and the running host works with.</summary>
internal sealed record HostParts(
    LocalHostOptions Options,
    AppFunctions Functions,
    HostJson HostJson,
    Uri Url,
    HostKeys Keys,
    IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> Middleware);
