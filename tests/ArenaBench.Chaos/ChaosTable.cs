using System.Globalization;
using System.Text;

namespace ArenaBench.Chaos;

/// <summary>What one fault did to one run.</summary>
/// <param name="PaidAgain">Calls that the endpoint was paid for twice.</param>
/// <param name="Bound">Calls that were paid, and not recorded, when the faults struck.</param>
/// <param name="Back">The longest time from the start of a new host to its next call; null: none was started while calls were left.</param>
internal sealed record ChaosRow(string Fault, int Times, int Lost, int Duplicated, long PaidAgain, long Bound, TimeSpan? Back, TimeSpan Wall);

/// <summary>The table of docs/reliability.md, written as the rows come to <c>ARENABENCH_CHAOS_TABLE</c>, or beside the tests.</summary>
internal static class ChaosTable
{
    private static readonly List<ChaosRow> Rows = [];

    private static string Path => Environment.GetEnvironmentVariable("ARENABENCH_CHAOS_TABLE") is { Length: > 0 } path
        ? path
        : System.IO.Path.Combine(AppContext.BaseDirectory, "chaos.md");

    public static void Add(ChaosRow row)
    {
        Rows.Add(row);
        File.WriteAllText(Path, Write(ChaosSize.Current));
        TestContext.Current.TestOutputHelper?.WriteLine(Line(row));
    }

    private static string Write(ChaosSize size)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{size.Questions} questions × {ChaosSize.Models.Length} models, {size.Calls:N0} calls of {ChaosSize.Latency.TotalMilliseconds} ms, parallel {ChaosSize.Parallel}, seed {size.Seed}:").AppendLine();
        text.AppendLine("| fault | times | lost | duplicated | paid twice | in flight (bound) | next call after | wall |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var row in Rows)
            text.AppendLine(Line(row));
        return text.ToString();
    }

    private static string Line(ChaosRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {row.Fault} | {row.Times} | {row.Lost} | {row.Duplicated} | {row.PaidAgain} | {row.Bound} | {(row.Back is { } back ? $"{back.TotalSeconds:0.0} s" : "")} | {row.Wall.TotalSeconds:0.0} s |");
}
