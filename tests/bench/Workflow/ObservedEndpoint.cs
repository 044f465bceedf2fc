using ArenaBench.Simulation;

namespace ArenaBench.Bench.Workflow;

/// <summary>A simulated endpoint that notes when its calls came.</summary>
internal sealed class ObservedEndpoint : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _calls = [];
    private SimulatedEndpoint? _endpoint;

    public Uri Address => _endpoint!.BaseUrl;

    /// <summary>Since the endpoint's start, in order.</summary>
    public IReadOnlyList<TimeSpan> Calls
    {
        get
        {
            lock (_lock)
                return [.. _calls.Order()];
        }
    }

    public async Task StartAsync(SimulatedLatency latency, CancellationToken cancellationToken) =>
        _endpoint = await SimulatedEndpoint.StartAsync(new SimulationOptions { Latency = latency, Observer = Note }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_endpoint is not null)
            await _endpoint.DisposeAsync();
    }

    private void Note(ObservedCall call)
    {
        lock (_lock)
            _calls.Add(call.At);
    }
}
