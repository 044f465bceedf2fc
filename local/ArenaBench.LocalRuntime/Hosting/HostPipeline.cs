using ArenaBench.LocalRuntime.Functions;
using ArenaBench.LocalRuntime.Management;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>What a request meets: the guards, then a function or the management API.</summary>
internal static class HostPipeline
{
    public static void Map(WebApplication web, HostParts parts)
    {
        var engine = web.Services.GetRequiredService<EngineService>();
        if (parts.Keys.All is null) web.Use(LoopbackGuard.InvokeAsync);
        web.Use(new KeyGate(parts.Keys).InvokeAsync);
        web.Use(MethodsAsNotFoundAsync);
        web.Use(engine.WhenReadyAsync);
        new ManagementApi(parts.Functions, () => engine.Engine, parts.Keys.All).Map(web);
        var http = parts.Functions.Of(FunctionTrigger.Http).ToList();
        CheckRoutes(http);
        foreach (var function in http) MapFunction(web, function, parts, engine.Http);
    }

    private static void CheckRoutes(List<AppFunction> functions)
    {
        var taken = new Dictionary<string, AppFunction>(StringComparer.OrdinalIgnoreCase);
        foreach (var function in functions)
            foreach (var method in function.Http.Methods is { Length: > 0 } methods ? methods : ["any method"])
                if (!taken.TryAdd($"{method} {function.Http.Route ?? function.Name}", function))
                    throw new LocalHostException(
                        $"The route '{function.Http.Route ?? function.Name}' ({method}) is taken by both "
                        + $"{taken[$"{method} {function.Http.Route ?? function.Name}"].EntryPoint} and {function.EntryPoint}.");
    }

    private static void MapFunction(IEndpointRouteBuilder routes, AppFunction function, HostParts parts, HttpFunctions http)
    {
        var trigger = function.Http;
        var route = $"{parts.HostJson.RoutePrefix}/{trigger.Route ?? function.Name}";
        try
        {
            var pattern = RoutePatternFactory.Parse(route);
            RequestDelegate handle = context => http.InvokeAsync(function, context);
            var endpoint = trigger.Methods is { Length: > 0 } methods
                ? routes.MapMethods(route, methods, handle)
                : routes.Map(pattern, handle);
            endpoint.WithDisplayName(function.Name);
            if (trigger.AuthLevel != AuthorizationLevel.Anonymous) endpoint.WithMetadata(KeyRequired.OfFunction);
        }
        catch (RoutePatternException e)
        {
            throw new LocalHostException($"{function.EntryPoint} ('{function.Name}'): route '{route}' is not valid: {e.Message}", e);
        }
    }

    /// <summary>The Functions host knows no 405: a route that does not take the method is not found.</summary>
    private static async Task MethodsAsNotFoundAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is { DisplayName: "405 HTTP Method Not Supported" })
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await next(http);
    }
}
