using System.Collections.Concurrent;
using ArenaBench.Simulation.Faults;

namespace ArenaBench.Simulation;

/// <summary>What the endpoint has seen and done since its start. Every number is exact at any moment.</summary>
public sealed class SimulationCounters
{
    private readonly ConcurrentDictionary<string, ModelCounters> _models = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<FaultKind, long> _faults = new();
    private readonly ConcurrentDictionary<ulong, int> _paid = new();
    private long _calls;
    private long _answered;
    private long _paidTwice;
    private long _rateLimited;
    private long _promptTokens;
    private long _completionTokens;
    private long _chargedPrompt;
    private long _chargedCompletion;
    private int _inFlight;
    private int _maxInFlight;

    /// <summary>Chat calls that arrived, refused ones included.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Calls whose answer was sent to the end.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Calls that a provider would charge: let in and not failed before an answer was made, whether or not somebody still waited for it.</summary>
    public long Paid => _paid.Values.Sum(n => (long)n);

    /// <summary>Different requests among the paid ones.</summary>
    public int PaidRequests => _paid.Count;

    /// <summary>Paid calls that repeated an earlier one.</summary>
    public long PaidAgain => Interlocked.Read(ref _paidTwice);

    /// <summary>429s, from limits and faults.</summary>
    public long RateLimited => Interlocked.Read(ref _rateLimited);

    public long PromptTokens => Interlocked.Read(ref _promptTokens);

    public long CompletionTokens => Interlocked.Read(ref _completionTokens);

    /// <summary>Of all paid calls, repeated ones and those whose answer did not arrive included.</summary>
    public long ChargedPromptTokens => Interlocked.Read(ref _chargedPrompt);

    public long ChargedCompletionTokens => Interlocked.Read(ref _chargedCompletion);

    public int InFlight => Volatile.Read(ref _inFlight);

    public int MaxInFlight => Volatile.Read(ref _maxInFlight);

    public IReadOnlyDictionary<string, ModelCounters> Models => _models;

    public IReadOnlyDictionary<FaultKind, long> Faults => _faults;

    public long CallsOf(string model) => _models.TryGetValue(model, out var counters) ? counters.Calls : 0;

    internal long Begin(out int inFlight)
    {
        inFlight = Interlocked.Increment(ref _inFlight);
        Raise(ref _maxInFlight, inFlight);
        return Interlocked.Increment(ref _calls);
    }

    internal void End() => Interlocked.Decrement(ref _inFlight);

    internal ModelCounters Of(string model) => _models.GetOrAdd(model, _ => new ModelCounters());

    internal void CountFault(FaultKind kind) => _faults.AddOrUpdate(kind, 1, (_, n) => n + 1);

    internal void CountRateLimit() => Interlocked.Increment(ref _rateLimited);

    internal void CountPaid(ulong key, int promptTokens, int completionTokens)
    {
        Interlocked.Add(ref _chargedPrompt, promptTokens);
        Interlocked.Add(ref _chargedCompletion, completionTokens);
        if (_paid.AddOrUpdate(key, 1, (_, n) => n + 1) > 1)
            Interlocked.Increment(ref _paidTwice);
    }

    internal void CountAnswer(ModelCounters model, int promptTokens, int completionTokens)
    {
        Interlocked.Increment(ref _answered);
        Interlocked.Add(ref _promptTokens, promptTokens);
        Interlocked.Add(ref _completionTokens, completionTokens);
        model.CountAnswer();
    }

    internal static void Raise(ref int highest, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref highest)) < value && Interlocked.CompareExchange(ref highest, value, seen) != seen)
        {
        }
    }
}

/// <summary>The part of one model.</summary>
public sealed class ModelCounters
{
    private long _calls;
    private long _answered;
    private int _inFlight;
    private int _maxInFlight;

    public long Calls => Interlocked.Read(ref _calls);

    public long Answered => Interlocked.Read(ref _answered);

    public int InFlight => Volatile.Read(ref _inFlight);

    public int MaxInFlight => Volatile.Read(ref _maxInFlight);

    internal void Begin()
    {
        Interlocked.Increment(ref _calls);
        SimulationCounters.Raise(ref _maxInFlight, Interlocked.Increment(ref _inFlight));
    }

    internal void End() => Interlocked.Decrement(ref _inFlight);

    internal void CountAnswer() => Interlocked.Increment(ref _answered);
}
