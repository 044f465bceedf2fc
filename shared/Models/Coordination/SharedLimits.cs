using System.ComponentModel;
using System.Diagnostics;
using ArenaBench.Core.Models.Limits;
using Azure;
using Microsoft.Extensions.Logging;

namespace ArenaBench.Core.Models.Coordination;

/// <summary>One endpoint's limits as far as this host may use them, renewed while there are calls.</summary>
internal sealed class SharedLimits(EndpointLimiter limiter, ShareBlob blob, HostShare self, TimeProvider time, ILogger log) : IAsyncDisposable
{
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    /// <summary>Where there are others, so that places move quickly to where they are wanted.</summary>
    private static readonly TimeSpan BusyRenewal = TimeSpan.FromSeconds(3);

    /// <summary>Without a renewal for this long nobody is let through: well before others take the part over.</summary>
    private static readonly TimeSpan Fence = TimeSpan.FromSeconds(22);

    /// <summary>Without a call for this long the part is given back.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly EndpointLimits Nothing = new(0, null, null);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ending = new();
    private Task _keeping = Task.CompletedTask;
    private EndpointLimits _whole = Nothing;
    private int _held;
    private long _renewed;
    private long _used;
    private bool _running;

    /// <summary>To be told before each call. Cheap.</summary>
    public void Use(EndpointLimits whole)
    {
        Volatile.Write(ref _used, time.GetTimestamp());
        lock (_lock)
        {
            _whole = whole;
            if (_running || _ending.IsCancellationRequested)
                return;
            _running = true;
            _keeping = Task.Run(KeepAsync);
        }
    }

    /// <summary>The limits without the renewals.</summary>
    internal void Know(EndpointLimits whole) => _whole = whole;

    /// <summary>One renewal. True: there are others.</summary>
    internal async Task<bool> RenewAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var begun = time.GetTimestamp();
            var known = _whole;
            var (file, version, now) = await blob.ReadAsync(cancellationToken).ConfigureAwait(false);
            var others = ShareRules.Others(file, self.Host, now, IsGone);
            var mine = self with { Seen = now, Wanted = limiter.TakeDemand(), Parallel = known.Parallel, Rpm = known.Rpm, Tpm = known.Tpm };
            var whole = ShareRules.Whole(mine, others);
            var limit = ShareRules.Limit(mine, others, now);
            // Shrinking takes effect before it is written, growing after.
            if (limit < _held)
                Apply(whole, limit);
            var granted = Math.Max(limit, limiter.InFlight);
            if (!await blob.TryWriteAsync(new ShareFile(ShareFile.CurrentSchema, [.. others, mine with { Granted = granted }]), version, cancellationToken).ConfigureAwait(false))
                continue;
            _renewed = begun;
            Apply(whole, limit);
            return others.Count > 0;
        }
    }

    /// <summary>Gives the part back, for good.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        Task keeping;
        lock (_lock)
            keeping = _keeping;
        await keeping.ConfigureAwait(false);
        _ending.Dispose();
    }

    /// <summary>Gives the part back.</summary>
    internal async Task<bool> LeaveAsync(CancellationToken cancellationToken)
    {
        Apply(Nothing, 0);
        (ShareFile File, ETag? Version, DateTimeOffset Now) read;
        do
            read = await blob.ReadAsync(cancellationToken).ConfigureAwait(false);
        while (read.Version is not null && !await blob.TryWriteAsync(
            read.File with { Hosts = [.. read.File.Hosts.Where(host => host.Host != self.Host)] }, read.Version, cancellationToken).ConfigureAwait(false));
        return false;
    }

    private async Task KeepAsync()
    {
        while (true)
        {
            var wait = await TryAsync(RenewAsync).ConfigureAwait(false) is { } others ? others || _held == 0 ? BusyRenewal : Renewal : Step;
            for (var left = wait; left > TimeSpan.Zero && !_ending.IsCancellationRequested; left -= Step)
            {
                await Task.Delay(left < Step ? left : Step, time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (_held > 0 && time.GetElapsedTime(_renewed) > Fence)
                    Apply(Nothing, 0);
            }

            if (!IsOver)
                continue;
            // An entry that cannot be removed now expires by itself.
            await TryAsync(LeaveAsync).ConfigureAwait(false);
            lock (_lock)
            {
                if (IsOver)
                {
                    _running = false;
                    return;
                }
            }
        }
    }

    private bool IsOver => _ending.IsCancellationRequested || IsIdle;

    private bool IsIdle => limiter.InFlight == 0 && time.GetElapsedTime(Volatile.Read(ref _used)) >= Idle;

    /// <returns>Null: the storage could not be reached.</returns>
    private async Task<bool?> TryAsync(Func<CancellationToken, Task<bool>> step)
    {
        using var timeout = new CancellationTokenSource(LongestStep, time);
        try
        {
            return await step(timeout.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RequestFailedException or IOException or AggregateException or OperationCanceledException)
        {
            log.LogWarning("The limits that hosts share cannot be renewed ({Problem}); without that no call begins after {Seconds} s.", exception.Message, Fence.TotalSeconds);
            return null;
        }
    }

    private void Apply(EndpointLimits whole, int limit)
    {
        _held = limit;
        var part = whole.Parallel == 0 ? 0 : (double)limit / whole.Parallel;
        limiter.Set(part > 0 ? new EndpointLimits(limit, whole.Rpm * part, whole.Tpm * part) : Nothing);
    }

    private static bool IsGone(HostShare host)
    {
        if (host.Machine != Environment.MachineName)
            return false;
        try
        {
            using var process = Process.GetProcessById(host.ProcessId);
            return process.HasExited || (new DateTimeOffset(process.StartTime) - host.ProcessStarted).Duration() > TimeSpan.FromSeconds(2);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return true;
        }
        catch (Win32Exception)
        {
            // Another user's: it lives, and says no more.
            return false;
        }
    }
}
