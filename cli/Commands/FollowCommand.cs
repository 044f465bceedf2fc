using System.CommandLine;
using ArenaBench.Cli.Client;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;

namespace ArenaBench.Cli.Commands;

/// <summary>Watching a run to its end. Interrupting it never ends the run: a host goes on, an embedded one continues next time.</summary>
internal static class FollowCommand
{
    public static Command Create()
    {
        var command = new Command("follow", "Follows a run that was started before, to its end, and shows the leaderboard. Continues one whose host was stopped.");
        var run = new Argument<string>("RUN") { Description = "The run's id." };
        var json = new Option<bool>("--json") { Description = "The leaderboard as JSON on standard output." };
        command.Arguments.Add(run);
        command.Options.Add(json);
        var host = new HostOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = await HostSession.OpenAsync(host.Read(parsed), EmbeddedOptions.Default, cancellationToken);
            return await FollowAsync(session, parsed.GetValue(run)!, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    /// <param name="toContinue">The command that goes on with it when it is interrupted; null: this one.</param>
    internal static async Task<int> FollowAsync(HostSession session, string id, bool json, CancellationToken cancellationToken, string? toContinue = null)
    {
        try
        {
            var run = await RunProgress.FollowAsync(session.Client, id, cancellationToken);
            return run.Status == "Completed" ? await ShowAsync(session.Client, run, json, cancellationToken) : Failed(session, run);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var command = $"{CommandName.Current} {toContinue ?? $"follow {id}{session.Arguments}"}";
            Terminal.Say(session.IsEmbedded
                ? $"Stopping; what is done is kept. To continue:  {command}"
                : $"Run {id} goes on at {session.Client.Host}. To follow it again:  {command}");
            return ExitCodes.Interrupted;
        }
    }

    private static int Failed(HostSession session, RunView run)
    {
        Terminal.Error([run.Status == "Terminated"
            ? $"Run {run.Id} was cancelled; what it made is kept. A new attempt:  {CommandName.Current} retry {run.Id}{session.Arguments}"
            : $"Run {run.Id} ended {run.Status}: {run.Failure ?? "no reason was given"}"]);
        return ExitCodes.RunFailed;
    }

    private static async Task<int> ShowAsync(ArenaClient client, RunView run, bool json, CancellationToken cancellationToken)
    {
        if (run.What is "answer" or "reference")
            Terminal.Say($"{run.Totals.AnswersDone} of {run.Totals.Answers} answers made.");
        if (json || run.What is not ("answer" or "reference"))
            LeaderboardWriter.Write(await client.GetLeaderboardAsync(run.Id, cancellationToken), json ? LeaderboardFormat.Json : LeaderboardFormat.Table);
        CostSummary.Write(Terminal.Err, run);
        return ExitCodes.Ok;
    }
}
