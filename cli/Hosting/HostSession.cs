using ArenaBench.Azurite;
using ArenaBench.Cli.Client;
using ArenaBench.Cli.Output;
using ArenaBench.Functions;
using ArenaBench.LocalRuntime.Hosting;

namespace ArenaBench.Cli.Hosting;

/// <summary>A host to work with while a command runs: a remote one, one that runs on this machine already, or one started here
/// and stopped at the end.</summary>
public sealed class HostSession : IAsyncDisposable
{
    private readonly AzuriteInstance? _azurite;
    private readonly LocalFunctionsHost? _embedded;

    private HostSession(HostChoice choice, ArenaClient client, AzuriteInstance? azurite, LocalFunctionsHost? embedded)
    {
        Arguments = choice.Arguments;
        Client = client;
        _azurite = azurite;
        _embedded = embedded;
    }

    public ArenaClient Client { get; }

    /// <summary>What another command needs to work with the same host, for a line that can be typed again.</summary>
    public string Arguments { get; }

    public bool IsEmbedded => _embedded is not null;

    /// <summary>Services of the embedded host; null when the host is another process.</summary>
    public IServiceProvider? Services => _embedded?.Services;

    public static async Task<HostSession> OpenAsync(HostChoice choice, EmbeddedOptions options, CancellationToken cancellationToken)
    {
        if (choice.Url is { } url)
        {
            if (!Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var host) || host.Scheme is not ("http" or "https"))
                throw new ApiException($"--host is \"{url}\", which is not an http or https URL.", System.Net.HttpStatusCode.BadRequest);
            return new HostSession(choice, new ArenaClient(host, choice.Key), null, null);
        }

        var azurite = await EmbeddedStorage.OpenAsync(choice.StateFolder, Terminal.Say, cancellationToken);
        try
        {
            if (await LocalFunctionsHost.FindRunningAsync(azurite.ConnectionString, options.HubName, cancellationToken) is { } running)
                return new HostSession(choice, new ArenaClient(running, choice.Key), azurite.Instance, null);
            var embedded = await LocalFunctionsHost.StartAsync(
                typeof(ArenaBenchWiring).Assembly,
                builder =>
                {
                    options.Configure?.Invoke(builder.Services);
                    builder.Configuration["AzureWebJobsStorage"] = azurite.ConnectionString;
                    builder.AddArenaBench();
                },
                new LocalHostOptions
                {
                    Url = options.Url, StorageConnectionString = azurite.ConnectionString, HubName = options.HubName,
                    RequiredKey = options.Key, ReadKey = options.ReadKey,
                },
                cancellationToken);
            return new HostSession(choice, new ArenaClient(embedded.BaseUrl, options.Key ?? choice.Key), azurite.Instance, embedded);
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_embedded is not null)
            await _embedded.DisposeAsync();
        if (_azurite is not null)
            await _azurite.DisposeAsync();
    }
}
