namespace ArenaBench.Chaos;

/// <summary>How long the suite is: short in every <c>dotnet test</c>, full with <c>ARENABENCH_CHAOS=full</c>.</summary>
/// <param name="Kills">Of the host, during one run.</param>
/// <param name="Repeats">Of every other fault, during one run.</param>
/// <param name="Seed">Of the points where faults strike: <c>ARENABENCH_CHAOS_SEED</c>.</param>
internal sealed record ChaosSize(int Questions, int Kills, int Repeats, int Seed)
{
    /// <summary>Calls that one model, and the judge, may have in flight.</summary>
    public const int Parallel = 8;

    public static readonly string[] Models = ["sim-strong", "sim-weak"];

    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(150);

    public static bool IsFull => Environment.GetEnvironmentVariable("ARENABENCH_CHAOS") == "full";

    public static ChaosSize Current { get; } = IsFull ? new(300, 20, 3, SeedOr(1)) : new(40, 3, 1, SeedOr(1));

    /// <summary>Part of the name of the only fault to try: <c>ARENABENCH_CHAOS_FAULT</c>.</summary>
    public static string Only => Environment.GetEnvironmentVariable("ARENABENCH_CHAOS_FAULT") ?? "";

    /// <summary>One answer and one verdict for each question and model.</summary>
    public int Calls => 2 * Models.Length * Questions;

    /// <summary>The Functions host takes up what a killed one had in flight only after its visibility time-out.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(
        Environment.GetEnvironmentVariable("ARENABENCH_HOST_CMD") is { Length: > 0 } ? 30 : IsFull ? 10 : 3);

    private static int SeedOr(int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable("ARENABENCH_CHAOS_SEED"), out var seed) ? seed : usual;
}
