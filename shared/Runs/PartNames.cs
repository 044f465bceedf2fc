namespace ArenaBench.Core.Runs;

/// <summary>Names of a run's parts: one per shard, and one per model for what was taken over.</summary>
public static class PartNames
{
    public static string Shard(int attempt, int model, int shard) => $"{Attempt(attempt)}m{model:00}-s{shard:000}";

    public static string Settled(int attempt, int model) => $"{Attempt(attempt)}m{model:00}-settled";

    /// <summary>Where a run with a budget writes down what it begins.</summary>
    public static string Begun(string shard) => $"{shard}-begun";

    private static string Attempt(int attempt) => attempt == 1 ? "" : $"a{attempt}-";
}
