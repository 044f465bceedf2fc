using System.Globalization;
using ArenaBench.Functions.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace ArenaBench.Functions.Requests;

/// <summary>What holds for every HTTP function, whoever wrote it: headers, the API's version, and the rate at which runs are started.
/// Keys are the host's to check, before anything here is reached.</summary>
public sealed class RequestGuard(StartRate rate) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        SafeHeaders.Set(http.Response.Headers);
        http.Response.Headers[ApiVersion.Header] = ApiVersion.Current.ToString(CultureInfo.InvariantCulture);
        if (ApiVersion.WhatIsWrong(http.Request.Headers[ApiVersion.Header].FirstOrDefault()) is { } wrong)
        {
            await Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "Another version of the API", detail: wrong).ExecuteAsync(http);
            return;
        }

        if (HttpMethods.IsPost(http.Request.Method) && rate.TryTake() is { } wait)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await Results.Problem(
                statusCode: StatusCodes.Status429TooManyRequests,
                title: "Too many requests",
                detail: $"This host takes {rate.PerMinute} POST requests a minute. Try again in {seconds} s, or raise {StartRate.Setting}.").ExecuteAsync(http);
            return;
        }

        await next(context);
    }
}
