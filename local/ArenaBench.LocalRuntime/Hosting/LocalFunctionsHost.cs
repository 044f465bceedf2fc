using System.Reflection;
using ArenaBench.LocalRuntime.Engine;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>A functions app running inside this process.</summary>
public sealed class LocalFunctionsHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly EngineService _engine;

    private LocalFunctionsHost(IHost host)
    {
        _host = host;
        _engine = host.Services.GetRequiredService<EngineService>();
    }

    /// <summary>Where the app answers, with the port that was taken; ends in a slash.</summary>
    public Uri BaseUrl => _engine.BaseUrl;

    public DurableTaskClient Client => _engine.Engine.Client;

    /// <summary>For tests of orchestrators: it gives the histories of what has run.</summary>
    public DurableEngine Engine => _engine.Engine;

    public IServiceProvider Services => _host.Services;

    /// <summary>Starts the app and returns when it answers.</summary>
    /// <param name="app">The assembly whose functions are run.</param>
    /// <param name="configure">What the app's Program does between CreateBuilder and Build.</param>
    /// <exception cref="LocalHostException">The app cannot be hosted; the message says why and what to do.</exception>
    public static async Task<LocalFunctionsHost> StartAsync(
        Assembly app, Action<FunctionsApplicationBuilder> configure, LocalHostOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var builder = new FunctionsApplicationBuilder([], (options ?? new LocalHostOptions()) with { App = app });
        configure(builder);
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken);
            return new LocalFunctionsHost(host);
        }
        catch
        {
            await DisposeAsync(host);
            throw;
        }
    }

    /// <summary>Where the host answers that runs this hub now, in whatever process; null when none does.</summary>
    /// <exception cref="LocalHostException">The storage does not answer.</exception>
    public static async Task<Uri?> FindRunningAsync(
        string storageConnectionString, string hubName, CancellationToken cancellationToken = default)
    {
        var storage = await BlobAccount.OpenAsync(storageConnectionString, new ConfigurationManager(), cancellationToken);
        var claim = await HubOwner.TryReadAsync(storage, hubName, TimeProvider.System, cancellationToken);
        return claim?.BaseUrl is { } url ? new Uri(url) : null;
    }

    /// <summary>Lets running activities finish for a few seconds, then ends; nothing is lost.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    /// <summary>Stops, if it has not been, and frees everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await DisposeAsync(_host);
    }

    private static async Task DisposeAsync(IHost host)
    {
        if (host is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
        else host.Dispose();
    }
}
