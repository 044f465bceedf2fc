using ArenaBench.Functions.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ArenaBench.Functions;

/// <summary>Makes beside the start what the first run would wait for: the services behind it.</summary>
internal sealed class WarmStart(IServiceProvider services) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(Warm, stoppingToken);

    private void Warm()
    {
        try
        {
            services.GetRequiredService<RunsApi>();
        }
#pragma warning disable CA1031 // the request that needs it says what is wrong; the app must not end for it
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
