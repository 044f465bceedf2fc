namespace ArenaBench.Simulation;

/// <summary>The simulated endpoint cannot do what was asked. The message is for the user: what is wrong, where, what to do.</summary>
public sealed class SimulationException(string message, Exception? inner = null) : Exception(message, inner);
