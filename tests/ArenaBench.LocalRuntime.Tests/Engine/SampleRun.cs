using System.Collections.Concurrent;
using Microsoft.DurableTask;

namespace ArenaBench.LocalRuntime.Tests.Engine;

/// <summary>
/// A run in miniature: shards as sub-orchestrations, each with gates, activities that write records, timers, events
/// and a custom status. Records are kept beside the logs, and go back in time with them.
/// </summary>
internal sealed class SampleRun
{
    public const int Shards = 3;
    public const int Questions = 6;

    private ConcurrentDictionary<string, int> _records = new(StringComparer.Ordinal);

    public static int Total => Shards * Questions * (Questions - 1) / 2 * 2;

    public IReadOnlyCollection<string> Records => [.. _records.Keys];

    public int Calls { get; private set; }

    /// <summary>Writes a record; in memory unless set.</summary>
    public Func<string, Task>? Write { get; init; }

    /// <summary>Whether a record is there; in memory unless set.</summary>
    public Func<string, Task<bool>>? Exists { get; init; }

    public object Snapshot() => new ConcurrentDictionary<string, int>(_records);

    public void Restore(object snapshot) => _records = new((ConcurrentDictionary<string, int>)snapshot);

    public TestHub Register(TestHub hub) => hub
        .ActivityAsync<Work, int>("Answer", async work =>
        {
            lock (this)
                Calls++;
            await (Write ?? WriteToMemoryAsync)($"{work.Shard}/{work.Question}");
            return work.Question;
        })
        .ActivityAsync<Work, int>("Judge", async work =>
        {
            return await (Exists ?? IsInMemoryAsync)($"{work.Shard}/{work.Question}")
                ? work.Question
                : throw new InvalidOperationException($"Question {work.Question} of shard {work.Shard} has no answer.");
        })
        .Orchestrator("Run", RunAsync)
        .Orchestrator("Shard", ShardAsync);

    public sealed record Work(int Shard, int Question);

    private async Task WriteToMemoryAsync(string record)
    {
        await Task.Yield();
        _records[record] = 1;
    }

    private async Task<bool> IsInMemoryAsync(string record)
    {
        await Task.Yield();
        return _records.ContainsKey(record);
    }

    private static async Task<int> RunAsync(TaskOrchestrationContext context)
    {
        var sums = await Task.WhenAll(Enumerable.Range(0, Shards).Select(async shard =>
        {
            var options = new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:s{shard}");
            var sum = await context.CallSubOrchestratorAsync<int>("Shard", shard, options);
            context.SetCustomStatus(new { shard });
            return sum;
        }));
        return sums.Sum();
    }

    private static async Task<int> ShardAsync(TaskOrchestrationContext context)
    {
        var shard = context.GetInput<int>();
        var free = 2;
        var waiting = new Queue<TaskCompletionSource>();

        async Task<int> LaneAsync(int question)
        {
            if (free > 0)
                free--;
            else
            {
                var turn = new TaskCompletionSource();
                waiting.Enqueue(turn);
                await turn.Task;
            }

            var answer = await context.CallActivityAsync<int>("Answer", new Work(shard, question));
            if (waiting.TryDequeue(out var next))
                next.SetResult();
            else
                free++;
            if (question % 3 == 0)
                await context.CreateTimer(TimeSpan.FromMilliseconds(2), CancellationToken.None);
            return answer + await context.CallActivityAsync<int>("Judge", new Work(shard, question));
        }

        var lanes = Enumerable.Range(0, Questions).Select(LaneAsync).ToList();
        context.SetCustomStatus(new { lanes = lanes.Count });
        return (await Task.WhenAll(lanes)).Sum();
    }
}
