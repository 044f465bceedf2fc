using ArenaBench.Simulation.Faults;
using ArenaBench.Simulation.Limits;
using ArenaBench.Simulation.Models;

namespace ArenaBench.Simulation;

/// <summary>The part of <see cref="SimulationOptions"/> that a file can hold.</summary>
internal sealed class SimulationSettings
{
    public long? Seed { get; set; }

    public int? Port { get; set; }

    public SimulatedLatency? Latency { get; set; }

    /// <summary>In place of the default models.</summary>
    public List<SimulatedModel>? Models { get; set; }

    public EndpointLimits? Limits { get; set; }

    public List<FaultRule>? Faults { get; set; }

    public string? ApiKey { get; set; }

    public SimulationOptions ToOptions()
    {
        var defaults = new SimulationOptions();
        return new SimulationOptions
        {
            Seed = Seed ?? defaults.Seed,
            Port = Port ?? defaults.Port,
            Latency = Latency ?? defaults.Latency,
            Models = Models ?? defaults.Models,
            Limits = Limits ?? defaults.Limits,
            Faults = Faults ?? defaults.Faults,
            ApiKey = ApiKey,
        };
    }
}
