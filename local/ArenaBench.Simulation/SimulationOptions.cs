using ArenaBench.Simulation.Faults;
using ArenaBench.Simulation.Limits;
using ArenaBench.Simulation.Models;

namespace ArenaBench.Simulation;

/// <summary>What the simulated endpoint plays. All of it can stand in a YAML or JSON file; see <see cref="SimulationFile"/>.</summary>
public sealed record SimulationOptions
{
    /// <summary>The port that the example endpoint files name.</summary>
    public const int UsualPort = 8089;

    /// <summary>Replies are a function of this and of the request.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>On the loopback address; 0 lets the operating system choose.</summary>
    public int Port { get; init; }

    public SimulatedLatency Latency { get; init; } = SimulatedLatency.None;

    public IReadOnlyList<SimulatedModel> Models { get; init; } = SimulatedModel.Defaults;

    /// <summary>Enforced: calls above it are refused with 429.</summary>
    public EndpointLimits Limits { get; init; } = new();

    /// <summary>In this order: the first that strikes decides the call.</summary>
    public IReadOnlyList<FaultRule> Faults { get; init; } = [];

    /// <summary>Where set, calls without it are refused with 401.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Sees every chat call as it came; for tests of what is sent.</summary>
    public Action<ObservedCall>? Observer { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>A chat call as it came in.</summary>
/// <param name="ApiKey">As sent; null where none was.</param>
/// <param name="Body">The JSON, byte for byte as text.</param>
/// <param name="At">Since the endpoint's start.</param>
public sealed record ObservedCall(string Path, string? ApiKey, string Body, TimeSpan At);
