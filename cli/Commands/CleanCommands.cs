using System.CommandLine;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;

namespace ArenaBench.Cli.Commands;

/// <summary>Deleting runs, and what is left of runs that are over. Benchmarks, answers and judgments stay.</summary>
internal static class CleanCommands
{
    public static IEnumerable<Command> CreateAll() => [Clean(), Delete()];

    private static Command Clean()
    {
        var command = new Command("clean", "Takes away what nobody needs any more: histories and claims of runs that are over, and with --older-than old runs.");
        var olderThan = new Option<int?>("--older-than") { Description = "Also delete runs that ended more than so many days ago.", HelpName = "DAYS" };
        olderThan.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 0 or > 36_500)
                result.AddError("--older-than wants a number of days from 0 to 36500.");
        });
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would go." };
        command.Options.Add(olderThan);
        command.Options.Add(dryRun);
        var host = new HostOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = await HostSession.OpenAsync(host.Read(parsed), EmbeddedOptions.Default, cancellationToken);
            var report = await session.Client.CleanAsync(parsed.GetValue(olderThan), parsed.GetValue(dryRun), cancellationToken);
            foreach (var run in report.Deleted)
                Console.Out.WriteLine(run);
            Terminal.Say($"{(report.DryRun ? "Would delete" : "Deleted")} {Count(report.Deleted.Count, "run", "runs")}, "
                + $"{Count(report.Histories, "history", "histories")} and {Count(report.Claims, "claim", "claims")} of runs that are over. "
                + "Benchmarks, answers and judgments stay.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Delete()
    {
        var command = new Command("delete", "Deletes a run that has ended: its records, leaderboard and histories. Answers and judgments stay in the benchmark.");
        var run = new Argument<string>("RUN") { Description = "The run's id." };
        command.Arguments.Add(run);
        var host = new HostOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = await HostSession.OpenAsync(host.Read(parsed), EmbeddedOptions.Default, cancellationToken);
            var id = parsed.GetValue(run)!;
            await session.Client.DeleteRunAsync(id, cancellationToken);
            Terminal.Say($"Deleted run {id}. Its answers and judgments stay in the benchmark.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";
}
