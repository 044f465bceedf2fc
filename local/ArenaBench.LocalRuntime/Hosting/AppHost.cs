using ArenaBench.LocalRuntime.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>The built host; says in one sentence why it cannot listen.</summary>
internal sealed class AppHost(WebApplication web, Uri url) : IHost, IAsyncDisposable
{
    public IServiceProvider Services => web.Services;

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await web.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new LocalHostException(
                $"{url} is in use by another process: stop that one, or listen elsewhere (--port 0 takes any free port).", e);
        }
        catch (HubTakenException e)
        {
            throw new LocalHostException(e.Message, e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => web.StopAsync(cancellationToken);

    public void Dispose() => ((IDisposable)web).Dispose();

    public ValueTask DisposeAsync() => web.DisposeAsync();
}
