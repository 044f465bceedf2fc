using ArenaBench.LocalRuntime.Engine;
using ArenaBench.LocalRuntime.Functions;
using ArenaBench.LocalRuntime.Management;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>Starts the durable engine once the server listens, and ends it before the server stops.</summary>
internal sealed partial class EngineService : IHostedLifecycleService, IAsyncDisposable
{
    private readonly IServiceProvider _services;
    private readonly HostParts _parts;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopped = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunningActivities _running;
    private readonly FunctionCatalog _catalog;
    private BlobServiceClient? _storage;
    private HubOwner? _owner;
    private DurableEngine? _engine;
    private bool _ended;

    public EngineService(
        IServiceProvider services, HostParts parts, TimeProvider time, IServiceScopeFactory scopes, ILoggerFactory logs)
    {
        _services = services;
        _parts = parts;
        _log = logs.CreateLogger("ArenaBench.LocalRuntime");
        _running = new RunningActivities(time);
        var invoker = new FunctionInvoker(parts.Middleware, () => Engine.Client);
        var timeout = new FunctionTimeout(parts.HostJson.FunctionTimeout, time);
        var activities = new ActivityFunctions(invoker, scopes, timeout);
        Http = new HttpFunctions(invoker, timeout, logs.CreateLogger<HttpFunctions>(), _stopped.Token);
        _catalog = new FunctionCatalog(
            parts.Functions.Of(FunctionTrigger.Orchestration).Select(OrchestratorFunctions.For),
            parts.Functions.Of(FunctionTrigger.Activity).Select(activities.For).Select(_running.Counted));
    }

    public HttpFunctions Http { get; }

    public DurableEngine Engine => _engine ?? throw new InvalidOperationException("The host has not started.");

    public Uri BaseUrl { get; private set; } = new("http://127.0.0.1");

    /// <summary>Before the server listens: so that a second host hears of the first, not of its port.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _storage = await BlobAccount.OpenAsync(
            _parts.Options.StorageConnectionString, _services.GetRequiredService<IConfiguration>(), cancellationToken);
        _owner = await HubOwner.AcquireAsync(
            _storage, _parts.HostJson.HubName, _services.GetRequiredService<TimeProvider>(), cancellationToken);
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = _services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        BaseUrl = new Uri(addresses.First());
        var options = new DurableEngineOptions(
            _parts.HostJson.HubName, _parts.HostJson.MaxConcurrentActivities, _parts.HostJson.MaxConcurrentOrchestrators);
        if (_storage!.Uri.IsLoopback) options = options with { MaxConcurrentWrites = 3 };
        if (_parts.Options.MaxLiveOrchestrations is { } live) options = options with { MaxLiveOrchestrations = live };
        _engine = new DurableEngine(
            _storage, _catalog, options, _services.GetRequiredService<TimeProvider>(), _services.GetRequiredService<ILoggerFactory>());
        ManagementLinks.Register(_engine.Client, new ManagementLinks(BaseUrl.GetLeftPart(UriPartial.Authority), _parts.Keys.All));
        await _engine.StartAsync(cancellationToken);
        await _owner!.AnnounceAsync(BaseUrl.GetLeftPart(UriPartial.Authority), cancellationToken);
        _owner.Lost.Register(() =>
        {
            HubLost(_parts.HostJson.HubName);
            _services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        });
        _ready.SetResult();
        await WarmRoutesAsync();
        Listening(BaseUrl, _parts.Functions.All.Count, _parts.HostJson.HubName);
    }

    /// <summary>Routes are prepared at the first request, which should not be one that somebody waits for.</summary>
    private async Task WarmRoutesAsync()
    {
        try
        {
            using var direct = new SocketsHttpHandler { UseProxy = false };
            using var http = new HttpClient(direct) { Timeout = TimeSpan.FromSeconds(5) };
            using var answer = await http.GetAsync(new Uri(BaseUrl, "warm"), _stopped.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            // The first one that somebody waits for prepares them, then.
        }
    }

    /// <summary>Requests that come while the hub is being loaded wait for it.</summary>
    public async Task WhenReadyAsync(HttpContext http, RequestDelegate next)
    {
        if (!_ready.Task.IsCompletedSuccessfully) await _ready.Task.WaitAsync(http.RequestAborted);
        await next(http);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _ended, true)) return;
        await _running.FinishAsync(_parts.Options.StopGrace, cancellationToken);
        await _stopped.CancelAsync();
        if (_engine is not null) await _engine.StopAsync(cancellationToken);
        if (_owner is not null) await _owner.DisposeAsync();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _ready.TrySetCanceled();
        if (_engine is not null) await _engine.DisposeAsync();
        if (_owner is not null) await _owner.DisposeAsync();
        _stopped.Dispose();
    }

    [LoggerMessage(LogLevel.Information, "Listening on {Url}: {Count} functions, task hub {Hub}.")]
    private partial void Listening(Uri url, int count, string hub);

    [LoggerMessage(LogLevel.Critical, "Another process has taken the task hub {Hub}: this host stops.")]
    private partial void HubLost(string hub);
}
