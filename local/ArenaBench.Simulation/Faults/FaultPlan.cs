using System.Collections.Concurrent;
using ArenaBench.Simulation.Chat;

namespace ArenaBench.Simulation.Faults;

/// <summary>Decides which calls fail, and how. By rate, what happens to one request does not depend on what other requests do.</summary>
internal sealed class FaultPlan(IReadOnlyList<FaultRule> rules, ulong seed, TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();
    private readonly ConcurrentDictionary<ulong, int> _attempts = new();
    private readonly bool _needsAttempts = rules.Any(rule => rule.AttemptsPerRequest is not null || (rule.Rate is not null && !rule.Sticky));

    /// <param name="call">The call's number, counted from 1.</param>
    public FaultRule? Strike(ChatRequest request, long call)
    {
        if (rules.Count == 0)
            return null;
        var attempt = _needsAttempts ? _attempts.AddOrUpdate(request.Key, 1, (_, n) => n + 1) : 1;
        var seconds = time.GetElapsedTime(_startedAt).TotalSeconds;
        for (var i = 0; i < rules.Count; i++)
        {
            if (Holds(rules[i], i, request, call, attempt, seconds))
                return rules[i];
        }
        return null;
    }

    private bool Holds(FaultRule rule, int index, ChatRequest request, long call, int attempt, double seconds)
    {
        if (call < (rule.FromCall ?? 1) || call > (rule.ToCall ?? long.MaxValue))
            return false;
        if (seconds < (rule.FromSeconds ?? 0) || seconds >= (rule.ToSeconds ?? double.MaxValue))
            return false;
        if (rule.Models.Count > 0 && !rule.Models.Contains(request.Model, StringComparer.Ordinal))
            return false;
        if (attempt > (rule.AttemptsPerRequest ?? int.MaxValue))
            return false;
        if (rule.Rate is not { } rate)
            return true;
        var draw = StableHash.Mix(StableHash.Mix(seed, request.Key), (ulong)((index * 1_000_003L) + (rule.Sticky ? 0 : attempt)));
        return StableHash.Unit(draw) < rate;
    }
}
