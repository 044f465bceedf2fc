using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Models;
using ArenaBench.Core.Storage;
using ArenaBench.Functions;
using ArenaBench.LocalRuntime.Engine;
using ArenaBench.LocalRuntime.Hosting;
using ArenaBench.Testing;
using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>The real app on the local host inside the test process, on its own hub and container of the tests' Azurite.</summary>
internal sealed class EmbeddedApp : IAsyncDisposable
{
    private readonly LocalFunctionsHost _host;

    private EmbeddedApp(LocalFunctionsHost host, ArenaContainer store, string name)
    {
        _host = host;
        Store = store;
        Name = name;
        Http = new HttpClient { BaseAddress = host.BaseUrl };
    }

    public ArenaContainer Store { get; }

    /// <summary>Of hub and container.</summary>
    public string Name { get; }

    public HttpClient Http { get; }

    public Uri BaseUrl => _host.BaseUrl;

    public DurableEngine Engine => _host.Engine;

    /// <param name="name">Of hub and container: the same name again is the same app after a restart.</param>
    /// <param name="hub">Another hub on that container: two hosts.</param>
    /// <param name="configure">Replaces services.</param>
    /// <param name="faults">What goes wrong with the app's own requests to storage; the SDK tries none of them again.</param>
    /// <param name="settings">More app settings.</param>
    /// <param name="key">That callers have to show.</param>
    /// <param name="readKey">Beside it, one that opens GET alone.</param>
    public static async Task<EmbeddedApp> StartAsync(
        string storage, string name, CancellationToken cancellationToken, string? hub = null, Action<IServiceCollection>? configure = null,
        FaultPolicy? faults = null, IReadOnlyDictionary<string, string>? settings = null, string? key = null, ILoggerProvider? logs = null,
        string? readKey = null)
    {
        var host = await LocalFunctionsHost.StartAsync(
            typeof(ArenaBenchWiring).Assembly,
            builder =>
            {
                builder.Configuration["AzureWebJobsStorage"] = storage;
                builder.Configuration["ArenaBench:Container"] = name;
                foreach (var (setting, value) in settings ?? new Dictionary<string, string>())
                    builder.Configuration[setting] = value;
                builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
                if (logs is not null)
                    builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
                builder.AddArenaBench();
                if (faults is not null)
                    builder.Services.Replace(ServiceDescriptor.Singleton(Faulty(storage, faults)));
                configure?.Invoke(builder.Services);
            },
            new LocalHostOptions
            {
                Url = "http://127.0.0.1:0", StorageConnectionString = storage, HubName = hub ?? "t" + name.Split('-')[^1], RequiredKey = key, ReadKey = readKey,
            },
            cancellationToken);
        return new EmbeddedApp(host, Open(storage, name), name);
    }

    public static ArenaContainer Open(string storage, string name) => new(new BlobServiceClient(storage), name: name);

    private static BlobServiceClient Faulty(string storage, FaultPolicy faults)
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = 0 } };
        options.AddPolicy(faults, HttpPipelinePosition.PerRetry);
        return new BlobServiceClient(storage, options);
    }

    public async Task ImportAsync(string folder, CancellationToken cancellationToken)
    {
        var place = BenchmarkFolder.Open(folder);
        var import = await BenchmarkImport.ReadAsync(place.Tree, place.Name, place.Prefix, cancellationToken: cancellationToken);
        await new BenchmarkImporter(Store).WriteAsync(import, cancellationToken);
    }

    public async Task PutEndpointsAsync(string yaml, CancellationToken cancellationToken)
    {
        await Store.EnsureAsync(cancellationToken);
        await Store.Files.WriteAsync(EndpointsCatalog.Folder + EndpointsCatalog.DefaultFile, BinaryData.FromString(yaml), null, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
    }
}
