namespace ArenaBench.Core.Models.Limits;

/// <summary>
/// The limits of one endpoint when runs know different ones: the least <c>rpm</c> and <c>tpm</c>; the largest
/// <c>parallel</c>, because a run that wants fewer calls in flight has fewer lanes. What nobody has used for a minute is forgotten.
/// </summary>
internal sealed class LimitsInUse(TimeProvider time)
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<EndpointLimits, long> _used = [];
    private EndpointLimits? _last;
    private long _combinedAt;

    public EndpointLimits With(EndpointLimits limits)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var known = _used.ContainsKey(limits);
            _used[limits] = now;
            if (known && _last is not null && (_used.Count == 1 || time.GetElapsedTime(_combinedAt, now) < TimeSpan.FromSeconds(1)))
                return _last;
            foreach (var old in _used.Where(entry => time.GetElapsedTime(entry.Value, now) > Memory).Select(entry => entry.Key).ToList())
                _used.Remove(old);
            _combinedAt = now;
            return _last = new EndpointLimits(_used.Keys.Max(each => each.Parallel), _used.Keys.Min(each => each.Rpm), _used.Keys.Min(each => each.Tpm));
        }
    }
}
