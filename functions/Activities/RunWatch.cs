using System.Collections.Concurrent;
using ArenaBench.Core.Costs;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Orchestrators;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Activities;

/// <summary>Whether a run still wants its calls: asked before each one, and during long ones. A run that was ended or held over the
/// management API alone leaves its children going; they find out here, and pay for nothing more.</summary>
public sealed class RunWatch(TimeProvider time)
{
    private const int Kept = 256;

    /// <summary>What was seen of a run counts for so long: a host with a hundred calls in flight asks once.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ShortestHold = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, RunLook> _looks = new(StringComparer.Ordinal);

    /// <summary>Makes a call unless the run does not want it, and gives it up when the run says so.</summary>
    public async Task<StepResult> CallAsync(
        DurableTaskClient client, string run, int attempt, Func<CancellationToken, Task<StepOutcome>> call, CancellationToken cancellationToken)
    {
        var look = await LookAsync(client, run, attempt, cancellationToken);
        var wish = look.WishOf(attempt);
        if (wish == RunWish.Hold)
            return new StepResult(RecordStatus.Stopped, RetryAfterSeconds: HoldAfter(look).TotalSeconds);
        if (wish != RunWish.Calls)
            return new StepResult(RecordStatus.Cancelled);

        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var calling = call(abandoned.Token);
        while (!await EndsSoonAsync(calling, cancellationToken))
        {
            if (await IsAbandonedAsync(client, run, attempt, cancellationToken))
            {
                await abandoned.CancelAsync();
                break;
            }
        }

        try
        {
            var outcome = await calling;
            return new StepResult(outcome.Status, outcome.RetryAfter?.TotalSeconds, outcome.Fatal, outcome.Tries,
                outcome.Spent == Spending.None ? null : outcome.Spent);
        }
        catch (OperationCanceledException) when (abandoned.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new StepResult(RecordStatus.Cancelled);
        }
    }

    private async Task<bool> EndsSoonAsync(Task calling, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = await Task.WhenAny(calling, Task.Delay(Fresh, time, stop.Token)) == calling;
        await stop.CancelAsync();
        return ended || cancellationToken.IsCancellationRequested;
    }

    private async Task<bool> IsAbandonedAsync(DurableTaskClient client, string run, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            return (await LookAsync(client, run, attempt, cancellationToken)).WishOf(attempt) == RunWish.Nothing;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Storage does not answer: no reason to give up a call that is paid.
            return false;
        }
    }

    private async Task<RunLook> LookAsync(DurableTaskClient client, string run, int attempt, CancellationToken cancellationToken)
    {
        // One from before this attempt began says nothing of it.
        if (_looks.TryGetValue(run, out var known) && known.IsOf(attempt) && time.GetElapsedTime(known.SeenAt) < Fresh)
            return known;
        if (_looks.Count > Kept)
            _looks.Clear();
        var look = new RunLook(await client.GetInstanceAsync(run, getInputsAndOutputs: true, cancellationToken), time.GetTimestamp());
        _looks[run] = look;
        return look;
    }

    /// <summary>The longer it has been held, the rarer it is looked at: a night's hold must not fill histories.</summary>
    private TimeSpan HoldAfter(RunLook look) =>
        TimeSpan.FromSeconds(Math.Clamp((time.GetUtcNow() - look.UpdatedAt).TotalSeconds / 4, ShortestHold.TotalSeconds, LongestHold.TotalSeconds));
}

/// <summary>What a run wants of its calls.</summary>
internal enum RunWish
{
    Calls,

    /// <summary>None begun for now.</summary>
    Hold,

    /// <summary>None begun; those in flight end.</summary>
    NoMore,

    /// <summary>None begun; those in flight are given up.</summary>
    Nothing,
}

/// <summary>A run's instance as it was seen.</summary>
internal sealed class RunLook(OrchestrationMetadata? instance, long seenAt)
{
    // Read once for all the steps that ask within its second.
    private readonly int? _attempt = instance?.ReadInputAs<RunInput>()?.Attempt;
    private readonly string? _phase = instance?.StatusAs<RunStatus>()?.Phase;

    public long SeenAt => seenAt;

    public DateTimeOffset UpdatedAt => instance?.LastUpdatedAt ?? default;

    public bool IsOf(int attempt) => _attempt == attempt;

    public RunWish WishOf(int attempt)
    {
        if (instance is null || instance.IsCompleted || !IsOf(attempt))
            return RunWish.NoMore;
        if (instance.RuntimeStatus == OrchestrationRuntimeStatus.Suspended)
            return RunWish.Hold;
        return _phase switch
        {
            RunPhase.Cancelling => RunWish.NoMore,
            RunPhase.Abandoning => RunWish.Nothing,
            _ => RunWish.Calls,
        };
    }
}
