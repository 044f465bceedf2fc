namespace ArenaBench.Functions.Orchestrators;

/// <summary>Instance ids of a run's children: <c>{run}:m03</c> and <c>{run}:m03:s012</c>, with the attempt after the run from the second on.</summary>
public static class InstanceIds
{
    public static string Model(ModelInput input) => $"{Prefix(input.Run, input.Attempt)}m{input.Model:00}";

    public static string Shard(ShardInput input) => $"{Prefix(input.Run, input.Attempt)}m{input.Model:00}:s{input.Shard:000}";

    /// <summary>What all children of an attempt start with.</summary>
    public static string Prefix(string run, int attempt) => attempt == 1 ? $"{run}:" : $"{run}:a{attempt}:";
}
