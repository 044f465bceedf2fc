using Microsoft.Extensions.Logging;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>
/// Makes memory agree with storage: at the start, and whenever storage turns out not to be as this process left it.
/// A killed Azurite comes back as it was up to some seconds earlier, with everything else that was stored then, the
/// app's records included. So nothing that memory knows beyond storage may be kept, and no result of an activity that
/// ran across the moment: its records may be among what was forgotten. Such activities run again.
/// </summary>
internal sealed class HubRecovery(Hub hub)
{
    private const int ParallelReads = 16;
    private int _isRunning;
    private long _epoch;

    public long Epoch => Interlocked.Read(ref _epoch);

    /// <summary>Loads everything and lets the instances go on. The gate is closed until then.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var stored = await ListAsync(cancellationToken).ConfigureAwait(false);
                await LoadAsync(stored.Keys.Select(hub.GetOrAdd), stored, cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (LogConflictException) when (attempt < 5)
            {
                // The last request of a process that has just died arrived in between.
            }
        }

        foreach (var instance in hub.Instances)
            instance.Drive();
        hub.Gate.Open();
    }

    /// <summary>Closes the gate at once, and recovers in the background.</summary>
    public void Request(Exception reason)
    {
        if (Interlocked.Exchange(ref _isRunning, 1) != 0)
            return;
        hub.Logger.LogWarning("{Reason} Comparing memory with storage.", reason.Message);
        var quiet = hub.Gate.CloseAsync();
        _ = Task.Run(() => RecoverAsync(quiet));
    }

    private async Task RecoverAsync(Task quiet)
    {
        try
        {
            await quiet.ConfigureAwait(false);
            Interlocked.Increment(ref _epoch);
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    await CompareAsync().ConfigureAwait(false);
                    break;
                }
                #pragma warning disable CA1031 // nothing goes on until this succeeds
                catch (Exception again) when (!hub.Stopping.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    if (attempt == 0)
                        hub.Logger.LogWarning("{Problem} Waiting for it.", again.Message);
                    await Task.Delay(StorageRetry.Pause(attempt), hub.Time, hub.Stopping).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (hub.Stopping.IsCancellationRequested)
        {
            return;
        }

        Interlocked.Exchange(ref _isRunning, 0);
        hub.Gate.Open();
    }

    private async Task CompareAsync()
    {
        var stored = await ListAsync(hub.Stopping).ConfigureAwait(false);
        var known = hub.Instances.ToDictionary(instance => instance.Id, StringComparer.Ordinal);
        var changed = known.Values
            .Where(instance => !instance.Matches(stored.GetValueOrDefault(instance.Id) ?? []))
            .Concat(stored.Keys.Where(id => !known.ContainsKey(id)).Select(hub.GetOrAdd))
            .ToList();
        await LoadAsync(changed, stored, hub.Stopping).ConfigureAwait(false);
        hub.Logger.LogInformation("{Count} instances were read again from storage.", changed.Count);
        foreach (var instance in hub.Instances)
            instance.Drive();
    }

    private static Task LoadAsync(
        IEnumerable<Instance> instances, Dictionary<string, List<LogInfo>> stored, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            instances,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken },
            async (instance, cancellation) =>
                await instance.LoadAsync(stored.GetValueOrDefault(instance.Id) ?? [], cancellation).ConfigureAwait(false));

    private async Task<Dictionary<string, List<LogInfo>>> ListAsync(CancellationToken cancellationToken)
    {
        var logs = await hub.Storage.ListAsync(cancellationToken).ConfigureAwait(false);
        return logs.GroupBy(log => log.Key.InstanceId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
    }
}
