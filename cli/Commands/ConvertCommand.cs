using System.CommandLine;
using ArenaBench.Cli.Output;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Dialects;

namespace ArenaBench.Cli.Commands;

internal static class ConvertCommand
{
    public static Command Create()
    {
        var command = new Command("convert", "Writes a folder's records in another dialect. Nothing is written where something would be lost, unless allowed.");
        var folder = new Argument<string>("DIR") { Description = "A benchmark's folder." };
        var to = new Option<string>("--to") { Description = "v1, v0.1 or v2.0.", Required = true };
        to.AcceptOnlyFromAmong([.. DialectCatalog.All.Select(known => known.Name)]);
        var target = new Option<string>("--out") { Description = "A folder that does not exist or is empty.", Required = true };
        var allowLoss = new Option<bool>("--allow-loss") { Description = "Write even where fields have no place or records cannot be converted." };
        command.Arguments.Add(folder);
        command.Options.Add(to);
        command.Options.Add(target);
        command.Options.Add(allowLoss);
        command.SetAction((parsed, cancellationToken) => ConvertAsync(
            parsed.GetValue(folder)!, parsed.GetValue(to)!, parsed.GetValue(target)!, parsed.GetValue(allowLoss), cancellationToken));
        return command;
    }

    private static async Task<int> ConvertAsync(string folder, string to, string target, bool allowLoss, CancellationToken cancellationToken)
    {
        var report = await FolderConversion.RunAsync(BenchmarkFolder.Open(folder), DialectCatalog.Get(to), target, allowLoss, cancellationToken);
        foreach (var (what, count) in report.Lost)
            Terminal.Say($"lost: {what} ({count} records)");
        foreach (var (why, count) in report.Refused)
            Terminal.Say($"not converted: {why} ({count} records)");
        if (report.Written)
        {
            Terminal.Say($"Wrote {report.Records} records to {target}.");
            return ExitCodes.Ok;
        }

        Terminal.Error(["Nothing was written, because something would be lost. Write all the same with --allow-loss."]);
        return ExitCodes.BadInput;
    }
}
