using System.CommandLine;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;

namespace ArenaBench.Cli.Commands;

internal static class ReportCommand
{
    public static Command Create()
    {
        var command = new Command("report", "Saves a run's report: leaderboard, method, failures, costs and samples in one HTML file.");
        var run = new Argument<string>("RUN") { Description = "The run's id." };
        var output = new Option<string?>("--out") { Description = "The file to write; default: RUN.html.", HelpName = "FILE" };
        command.Arguments.Add(run);
        command.Options.Add(output);
        var host = new HostOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = await HostSession.OpenAsync(host.Read(parsed), EmbeddedOptions.Default, cancellationToken);
            var id = parsed.GetValue(run)!;
            var report = await session.Client.GetReportAsync(id, cancellationToken);
            var file = parsed.GetValue(output) ?? $"{id}.html";
            await File.WriteAllTextAsync(file, report, cancellationToken);
            Terminal.Say($"Wrote {Path.GetFullPath(file)}");
            return ExitCodes.Ok;
        });
        return command;
    }
}
