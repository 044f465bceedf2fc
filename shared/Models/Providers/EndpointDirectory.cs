using System.Collections.Concurrent;
using ArenaBench.Core.Models.Coordination;
using ArenaBench.Core.Models.Limits;
using Azure.Core;
using Azure.Identity;

namespace ArenaBench.Core.Models.Providers;

/// <summary>What all models and runs of a process share: connections by address; limits and health by address, key and model.</summary>
/// <param name="coordinator">Null: this process has all limits to itself.</param>
internal sealed class EndpointDirectory(KeySource keys, CallPolicy policy, TimeProvider time, EndpointCoordinator? coordinator) : IDisposable
{
    private readonly ConcurrentDictionary<string, SocketsHttpHandler> _networks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<EndpointId, Lazy<SharedEndpoint>> _shared = new();
    private readonly Lazy<TokenCredential> _identity = new(() => new DefaultAzureCredential());

    public ModelEndpoints Open(ModelSettings model)
    {
        try
        {
            return new ModelEndpoints(
                [.. EndpointTarget.AllOf(model, keys).Select(target => Open(target.ModelName is { } name ? model with { ModelName = name } : model, target))], null);
        }
        catch (ArgumentException exception)
        {
            return new ModelEndpoints([], exception.Message);
        }
    }

    public void Dispose()
    {
        foreach (var network in _networks.Values)
            network.Dispose();
        foreach (var shared in _shared.Values)
            shared.Value.Limiter.Dispose();
    }

    private ModelEndpoint Open(ModelSettings model, EndpointTarget target)
    {
        var network = _networks.GetOrAdd(target.Base.GetLeftPart(UriPartial.Authority), static _ => Network());
        var id = new EndpointId(target.Base.ToString(), target.KeyReference, model.ModelName);
        var limits = new EndpointLimits(model.Parallel, model.Rpm, model.Tpm);
        var shared = _shared.GetOrAdd(id, _ => new(() => Share(id, limits))).Value;
        return new ModelEndpoint(new ChatEndpoint(model, target, keys, () => _identity.Value, network, time), shared, limits, time);
    }

    private SharedEndpoint Share(EndpointId id, EndpointLimits limits)
    {
        // What hosts share begins with nothing, until this host has its part.
        var limiter = new EndpointLimiter(coordinator is null ? limits : new EndpointLimits(0, null, null), policy.Patience, time);
        return new SharedEndpoint(limiter, new LimitsInUse(time), new EndpointHealth(policy.LongestRest, time), coordinator?.Share(limiter, id.Base, id.KeyReference, id.Model));
    }

    // Limits are the limiter's: here nothing may queue.
    internal static SocketsHttpHandler Network() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = int.MaxValue,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectCallback = EndpointAddress.ConnectAsync,
    };
}

/// <summary>What all models and runs at one endpoint share.</summary>
internal sealed record SharedEndpoint(EndpointLimiter Limiter, LimitsInUse Limits, EndpointHealth Health, SharedLimits? Shares);

internal sealed record EndpointId(string Base, string? KeyReference, string Model);
