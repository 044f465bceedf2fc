namespace ArenaBench.Core.Models.Coordination;

/// <summary>One host's part of an endpoint's limits.</summary>
/// <param name="Host">Unique for the life of a process.</param>
/// <param name="Seen">By the storage's clock.</param>
/// <param name="Wanted">Calls it would have in flight.</param>
/// <param name="Granted">Calls it may have in flight, or still has from before: nobody else may use these.</param>
/// <param name="Parallel">The whole endpoint's limit, as this host's runs know it; the least of all hosts' holds. So do the next two.</param>
internal sealed record HostShare(
    string Host, string Machine, int ProcessId, DateTimeOffset ProcessStarted, DateTimeOffset Seen, int Wanted, int Granted, int Parallel,
    double? Rpm = null, double? Tpm = null);

/// <summary>What <c>coordination/{endpoint}.json</c> holds.</summary>
internal sealed record ShareFile(int Schema, IReadOnlyList<HostShare> Hosts)
{
    public const int CurrentSchema = 1;

    public static ShareFile Empty { get; } = new(CurrentSchema, []);
}
