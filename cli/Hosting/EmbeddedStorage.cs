using ArenaBench.Azurite;

namespace ArenaBench.Cli.Hosting;

/// <summary>The blob account of an embedded host: the one that <c>AzureWebJobsStorage</c> names, else Azurite in the state folder.</summary>
internal sealed record EmbeddedStorage(string ConnectionString, AzuriteInstance? Instance) : IAsyncDisposable
{
    private const string Development = "UseDevelopmentStorage=true";

    public static async Task<EmbeddedStorage> OpenAsync(string stateFolder, Action<string> log, CancellationToken cancellationToken)
    {
        var named = Environment.GetEnvironmentVariable("AzureWebJobsStorage");
        if (!string.IsNullOrEmpty(named) && named != Development)
            return new EmbeddedStorage(named, null);

        var options = new AzuriteOptions
        {
            DataFolder = Path.Combine(Path.GetFullPath(stateFolder), "azurite"),
            Port = named == Development ? AzuriteOptions.DevelopmentPort : 0,
            Log = log,
        };
        try
        {
            var azurite = await AzuriteLauncher.StartAsync(options, cancellationToken);
            return new EmbeddedStorage(azurite.ConnectionString, azurite);
        }
        catch (AzuriteException taken) when (options.Port != 0 && taken.Message.StartsWith($"Port {options.Port} is taken", StringComparison.Ordinal))
        {
            throw new AzuriteException($"{taken.Message} Without the environment variable AzureWebJobsStorage a free port is chosen.", taken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Instance is not null)
            await Instance.DisposeAsync();
    }
}
