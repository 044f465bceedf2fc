using ArenaBench.Functions.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ArenaBench.Functions;

/// <summary>Makes beside the start what the first run would wait for: the services behind it.</summary>
internal sealed class WarmStart(IServiceProvider services) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => services.GetRequiredService<RunsApi>(), stoppingToken);
}
