using ArenaBench.LocalRuntime.Hosting;
using ArenaBench.Testing;

namespace ArenaBench.LocalRuntime.Tests.Behaviour;

/// <summary>
/// The sample app on a host: in this process, or wherever ARENABENCH_BEHAVIOUR_URL says, for example under
/// <c>func start</c> in tests/samples/BehaviourApp.
/// </summary>
public sealed class BehaviourHost(AzuriteFixture storage) : IAsyncLifetime
{
    private LocalFunctionsHost? _local;

    public static string? GivenUrl => Environment.GetEnvironmentVariable("ARENABENCH_BEHAVIOUR_URL") is { Length: > 0 } url
        ? url : null;

    public InstanceClient Instances { get; private set; } = null!;

    public HttpClient Http => Instances.Http;

    public async ValueTask InitializeAsync()
    {
        if (GivenUrl is { } url)
        {
            Instances = new InstanceClient(new Uri(url));
            return;
        }

        // Every event replays the whole history, as Azure's host does it.
        _local = await SampleApp.StartAsync(storage, new LocalHostOptions { MaxLiveOrchestrations = 0 });
        Instances = new InstanceClient(_local.BaseUrl);
    }

    public async ValueTask DisposeAsync()
    {
        Instances?.Http.Dispose();
        if (_local is not null) await _local.DisposeAsync();
    }
}

/// <summary>One host for all behaviour tests.</summary>
[CollectionDefinition(Name)]
public sealed class BehaviourCollection : ICollectionFixture<BehaviourHost>
{
    public const string Name = "behaviour";
}
