using System.Diagnostics;
using ArenaBench.Simulation;

namespace ArenaBench.Bench.Workflow;

/// <summary>A simulated endpoint that notes when its calls came.</summary>
internal sealed class ObservedEndpoint : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _calls = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private SimulatedEndpoint? _endpoint;

    public Uri Address => _endpoint!.BaseUrl;

    public TimeSpan Now => _clock.Elapsed;

    /// <summary>By <see cref="Now"/>, in order.</summary>
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

    private void Note(ObservedCall _)
    {
        lock (_lock)
            _calls.Add(Now);
    }
}
