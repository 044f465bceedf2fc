using System.Globalization;

namespace ArenaBench.Functions.Orchestrators;

/// <summary>Instance ids of a run's children: <c>{run}:m03</c> and <c>{run}:m03:s012</c>, with the attempt after the run from the second on, and
/// the pass at the end: <c>{run}:m03:s012:p2</c>.</summary>
public static class InstanceIds
{
    private const string PassMark = ":p";
    private const string ShardMark = ":s";

    public static string Model(ModelInput input) => Model(input.Run, input.Attempt, input.Model, input.Pass);

    public static string Model(PurgeInput input) => Model(input.Run, input.Attempt, input.Model, input.Pass);

    public static string Shard(ShardInput input) => $"{Models(input.Run, input.Attempt)}{input.Model:00}{ShardMark}{input.Shard:000}{PassOf(input.Pass)}";

    /// <summary>What the ids of all models and shards of an attempt start with.</summary>
    public static string Models(string run, int attempt) => attempt == 1 ? $"{run}:m" : $"{run}:a{attempt}:m";

    /// <summary>Reads what follows <see cref="Models"/>.</summary>
    /// <returns>Null when it is no id of a model or shard.</returns>
    public static (int Model, int? Shard, int Pass)? Parse(ReadOnlySpan<char> rest)
    {
        var pass = 1;
        if (rest.IndexOf(PassMark) is > 0 and var at)
        {
            if (!TryNumber(rest[(at + PassMark.Length)..], out pass))
                return null;
            rest = rest[..at];
        }

        if (rest.IndexOf(ShardMark) is not (>= 0 and var end))
            return TryNumber(rest, out var alone) ? (alone, null, pass) : null;
        return TryNumber(rest[..end], out var model) && TryNumber(rest[(end + ShardMark.Length)..], out var shard) ? (model, shard, pass) : null;
    }

    /// <summary>The run that an instance belongs to.</summary>
    public static string RunOf(string instance) => instance.IndexOf(':') is > 0 and var end ? instance[..end] : instance;

    private static string Model(string run, int attempt, int model, int pass) => $"{Models(run, attempt)}{model:00}{PassOf(pass)}";

    private static string PassOf(int pass) => pass == 1 ? "" : $"{PassMark}{pass}";

    private static bool TryNumber(ReadOnlySpan<char> text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
