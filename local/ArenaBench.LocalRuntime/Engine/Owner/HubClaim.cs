using System.ComponentModel;
using System.Diagnostics;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Who runs a hub: the process that claims it, and where it can be reached (null until it listens).</summary>
/// <param name="ClaimId">Tells two claims of one process apart.</param>
/// <param name="ProcessMark">Tells the process from a later one of its number whatever the clock says; null where the system has none.</param>
public sealed record HubClaim(
    int ProcessId, DateTimeOffset ProcessStarted, string Machine, string? BaseUrl, DateTimeOffset RenewedAt, string ClaimId,
    string? ProcessMark = null)
{
    /// <summary>How long the claim of another machine holds without being renewed.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>The operating system tells start times in slightly different roundings.</summary>
    private static readonly TimeSpan s_startTolerance = TimeSpan.FromSeconds(2);

    internal static HubClaim OfThisProcess(TimeProvider time)
    {
        using var process = Process.GetCurrentProcess();
        return new HubClaim(
            Environment.ProcessId, new DateTimeOffset(process.StartTime), Environment.MachineName, null, time.GetUtcNow(),
            Guid.NewGuid().ToString("N"), Local.ProcessMark.Of(Environment.ProcessId));
    }

    /// <summary>Whether the claiming process still runs; of another machine only its renewals tell.</summary>
    internal bool IsAlive(DateTimeOffset now)
    {
        if (Machine != Environment.MachineName)
            return now - RenewedAt < Lifetime;
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            if (process.HasExited)
                return false;
            return ProcessMark is { } mark && Local.ProcessMark.Of(ProcessId) is { } present
                ? mark == present
                : (new DateTimeOffset(process.StartTime) - ProcessStarted).Duration() < s_startTolerance;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (Win32Exception)
        {
            return true; // it runs, but its details are none of our business
        }
    }

    public override string ToString() =>
        $"process {ProcessId} on {Machine}" + (BaseUrl is null ? "" : $" at {BaseUrl}");
}

/// <summary>Another live process runs the hub.</summary>
public sealed class HubTakenException(string hubName, HubClaim claim) : Exception(
    $"The hub '{hubName}' is being run by {claim}. One process at a time can: use that one, stop it, or choose another hub name.")
{
    public HubClaim Claim { get; } = claim;
}
