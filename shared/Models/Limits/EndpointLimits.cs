namespace ArenaBench.Core.Models.Limits;

/// <summary>What may reach an endpoint from this process.</summary>
/// <param name="Parallel">May be a fraction's floor of a shared limit, and zero while another host still holds all of it.</param>
internal sealed record EndpointLimits(int Parallel, double? Rpm, double? Tpm);
