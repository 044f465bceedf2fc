using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace BehaviourApp;

/// <summary>Leaves a header on every HTTP answer, with the function's name.</summary>
public sealed class MarkingMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http)
            http.Response.Headers["x-function"] = context.FunctionDefinition.Name;
        await next(context);
    }
}
