namespace ArenaBench.Core.Runs;

/// <summary>Cuts one model's questions into shards: each history short, every lane busy while work is left, the last shards small.</summary>
public static class ShardSizes
{
    /// <summary>History events of one shard at most; a call is two events and its share of the turns.</summary>
    public const int MaxEvents = 400;

    private const int EventsPerCall = 4;

    /// <summary>Of an equal part of what is left. Smaller, so that a shard that runs when the last ones begin has no answers left to ask for:
    /// their games would be alone at the end.</summary>
    private const double Share = 0.8;

    /// <summary>Questions of the shards that begin together at the end.</summary>
    private const double LastForEachLane = 1.6;

    /// <summary>Calls that wait at the limiter occupy places among a host's activities.</summary>
    private const int MostSpare = 32;

    /// <param name="questions">Questions with work to do.</param>
    /// <param name="callsPerQuestion">Answers and games of one question at most.</param>
    /// <param name="lanes">Calls that this model may have in flight.</param>
    public static ShardLayout For(int questions, int callsPerQuestion, int lanes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(questions);
        ArgumentOutOfRangeException.ThrowIfLessThan(callsPerQuestion, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        if (questions == 0)
            return new ShardLayout([], 1, 0);

        var most = Math.Max(1, MaxEvents / (EventsPerCall * callsPerQuestion));
        // Few at once, so that what a shard records is written together; enough that the others have work for the lanes of one that drains.
        var window = Math.Clamp((int)Math.Ceiling(lanes / 6.0), 1, 16);
        window = Math.Max(window, Math.Min(4, (int)Math.Ceiling(questions / (double)most)));
        // The last shards together still hold a question for every lane.
        var least = Math.Min(most, Math.Max(6, (int)Math.Ceiling(lanes / (double)window)));
        var sizes = new List<int>();
        for (var left = questions; left > 0;)
        {
            // Each a little smaller than the one before, also where all could be as large as a history may get: so they do not all drain together.
            var cap = sizes.Count < window ? Math.Max(least, (int)Math.Ceiling(most * (window - sizes.Count) / (double)window)) : most;
            var size = Math.Clamp((int)Math.Ceiling(left * Share / window), least, cap);
            size = Math.Min(size, left);
            sizes.Add(size);
            left -= size;
        }

        return new ShardLayout(sizes, window, (int)Math.Ceiling(LastForEachLane * lanes / least));
    }

    /// <summary>Twice a shard's share, while that is few: when one lane records its result, or a shard drains, others wait at the
    /// limiter, which holds the cap.</summary>
    public static int LanesPerShard(int lanes, int window) => Math.Max(1, (int)Math.Ceiling((lanes + Math.Min(lanes, MostSpare)) / (double)window));
}

/// <param name="Sizes">Questions per shard, in the order they are started.</param>
/// <param name="Window">Shards running at once.</param>
/// <param name="Last">So many begin together at the end, so that no lane waits for the slowest of a window.</param>
public sealed record ShardLayout(IReadOnlyList<int> Sizes, int Window, int Last);
