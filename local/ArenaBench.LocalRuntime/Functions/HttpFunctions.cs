using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ArenaBench.LocalRuntime.Functions;

/// <summary>Answers HTTP requests with the app's functions. An exception of theirs is a 500 without a body.</summary>
internal sealed partial class HttpFunctions(
    FunctionInvoker invoker, FunctionTimeout timeout, ILogger<HttpFunctions> log, CancellationToken stopping)
{
    public async Task InvokeAsync(AppFunction function, HttpContext http)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            var result = await timeout.RunAsync(function.Name, token => RunAsync(function, http, token), cancel.Token);
            if (result is IResult answer) await answer.ExecuteAsync(http);
            else if (result is IActionResult action)
                await action.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            Failed(e, function.Name);
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private async Task<object?> RunAsync(AppFunction function, HttpContext http, CancellationToken cancellation)
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in http.Request.Query) data[key] = value.ToString();
        foreach (var (key, value) in http.Request.RouteValues) data[key] = value;
        var context = new LocalFunctionContext(function, http.RequestServices, data, cancellation)
        {
            Bind = parameter => parameter.Origin == ParameterOrigin.Request
                ? http.Request
                : RouteValue.Read(parameter, http.Request),
        };
        context.Items[FunctionContextExtensions.HttpContextKey] = http;
        return await invoker.InvokeAsync(context);
    }

    [LoggerMessage(LogLevel.Error, "Function '{Function}' failed.")]
    private partial void Failed(Exception exception, string function);
}
