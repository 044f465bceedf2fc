using System.Globalization;
using ArenaBench.Cli.Client;
using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <summary>The store's benchmarks, for people.</summary>
internal static class BenchmarkTable
{
    public static void Write(IAnsiConsole console, IEnumerable<BenchmarkItem> benchmarks) => FittedTable.Write(
        console, [FittedColumn.Key("benchmark"), FittedColumn.Text("version"), FittedColumn.Text("dialect"), new("questions"), FittedColumn.Text("categories")],
        benchmarks.Select(item => (string[])
        [
            item.Name, item.Version ?? "-", item.Dialect ?? "-", item.Questions?.ToString(CultureInfo.InvariantCulture) ?? "-",
            item.Problem ?? string.Join(", ", item.Categories ?? []),
        ]));
}
