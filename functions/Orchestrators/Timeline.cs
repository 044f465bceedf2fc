using Microsoft.DurableTask;

namespace ArenaBench.Functions.Orchestrators;

/// <summary>When pieces of an orchestration began and ended, by its own clock: the same at every replay.</summary>
internal sealed class Timeline(TaskOrchestrationContext context)
{
    private readonly List<Times> _taken = [];

    public DateTime Start { get; } = context.CurrentUtcDateTime;

    public IReadOnlyList<Times> Taken => _taken;

    public RunTimes OfRun(RunInput input, bool failed) => new(input.Run, input.Attempt, Start, context.CurrentUtcDateTime, failed, Taken);

    /// <summary>Has spans written. A run does not fail for its telemetry.</summary>
    public async Task WriteAsync(string activity, object times)
    {
        try
        {
            await context.CallActivityAsync(activity, times, Retry.Trace);
        }
        catch (TaskFailedException)
        {
            // The host's log has why.
        }
    }

    public Task TakeAsync(int index, Func<Task> work) => TakeAsync(index, async () =>
    {
        await work();
        return true;
    });

    /// <summary>Work that goes on later, under the same index, is one piece from its first beginning to its last end.</summary>
    public async Task<T> TakeAsync<T>(int index, Func<Task<T>> work)
    {
        var start = context.CurrentUtcDateTime;
        try
        {
            return await work();
        }
        finally
        {
            var before = _taken.FindIndex(times => times.Index == index);
            if (before < 0)
                _taken.Add(new Times(index, start, context.CurrentUtcDateTime));
            else
                _taken[before] = _taken[before] with { End = context.CurrentUtcDateTime };
        }
    }
}
