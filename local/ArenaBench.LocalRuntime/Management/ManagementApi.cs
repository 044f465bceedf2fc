using ArenaBench.LocalRuntime.Engine;
using ArenaBench.LocalRuntime.Functions;
using ArenaBench.LocalRuntime.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ArenaBench.LocalRuntime.Management;

/// <summary>The durable extension's HTTP management API.</summary>
internal sealed class ManagementApi(AppFunctions functions, Func<DurableEngine> engine, string? key)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(ManagementLinks.Path).WithMetadata(KeyRequired.OfManagement);
        var instances = new InstanceRequests(engine);
        group.MapGet("/instances", (Delegate)instances.ListAsync);
        group.MapDelete("/instances", (Delegate)instances.PurgeManyAsync);
        group.MapGet("/instances/{id}", instances.StatusAsync);
        group.MapDelete("/instances/{id}", instances.PurgeAsync);

        var steering = new SteeringRequests(() => engine().Client);
        group.MapPost("/instances/{id}/terminate", (HttpContext http, string id) => steering.TerminateAsync(http, id));
        group.MapPost("/instances/{id}/suspend", (HttpContext http, string id) => steering.SuspendAsync(http, id));
        group.MapPost("/instances/{id}/resume", (HttpContext http, string id) => steering.ResumeAsync(http, id));
        group.MapPost("/instances/{id}/raiseEvent/{name}", steering.RaiseEventAsync);

        var starting = new StartRequests(functions, () => engine().Client, key);
        group.MapPost("/instances/{id}/restart", starting.RestartAsync);
        group.MapPost("/orchestrators/{name}/{id?}", starting.StartAsync);
    }
}
