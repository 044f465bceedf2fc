using System.CommandLine;
using System.Text.Json.Nodes;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;

namespace ArenaBench.Cli.Commands;

/// <summary>Holding, ending and repeating a run.</summary>
internal static class ControlCommands
{
    public static IEnumerable<Command> CreateAll() =>
    [
        Create("suspend", "Holds a run: no new call is made until it is resumed.", "is suspended; calls in flight end. Go on with:", "resume"),
        Create("resume", "Lets a suspended run go on.", "goes on. Follow it with:", "follow"),
        Cancel(),
        Retry(),
    ];

    private static Command Create(string action, string description, string said, string next)
    {
        var (command, run, host) = Base(action, description);
        command.SetAction((parsed, cancellationToken) => ControlAsync(host.Read(parsed), parsed.GetValue(run)!, action, said, next, cancellationToken));
        return command;
    }

    private static Command Cancel()
    {
        var (command, run, host) = Base("cancel", "Ends a run for good; what was paid for is kept and scored.");
        var abandon = new Option<bool>("--abandon") { Description = "Give up the calls in flight; else they end, and what they bring is kept." };
        command.Options.Add(abandon);
        command.SetAction((parsed, cancellationToken) => ControlAsync(
            host.Read(parsed), parsed.GetValue(run)!, parsed.GetValue(abandon) ? "cancel?mode=abandon" : "cancel",
            "is being cancelled; what it made is kept. A new attempt:", "retry", cancellationToken));
        return command;
    }

    private static async Task<int> ControlAsync(HostChoice host, string id, string action, string said, string next, CancellationToken cancellationToken)
    {
        await using var session = await HostSession.OpenAsync(host, EmbeddedOptions.Default, cancellationToken);
        await session.Client.ControlRunAsync(id, action, cancellationToken);
        Terminal.Say($"Run {id} {said}  {CommandName.Current} {next} {id}{session.Arguments}");
        return ExitCodes.Ok;
    }

    private static Command Retry()
    {
        var (command, run, host) = Base("retry", "A new attempt of a run that has ended, with the same spec: only what is not there is done.");
        var budget = new BudgetOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var body = budget.Read(parsed) is { } given ? new JsonObject { ["budget"] = given }.ToJsonString() : null;
            await using var session = await HostSession.OpenAsync(host.Read(parsed), EmbeddedOptions.Default, cancellationToken);
            var id = parsed.GetValue(run)!;
            await session.Client.ControlRunAsync(id, "retry", cancellationToken, body);
            return await FollowCommand.FollowAsync(session, id, json: false, cancellationToken);
        });
        return command;
    }

    private static (Command Command, Argument<string> Run, HostOptions Host) Base(string name, string description)
    {
        var command = new Command(name, description);
        var run = new Argument<string>("RUN") { Description = "The run's id." };
        command.Arguments.Add(run);
        return (command, run, new HostOptions(command));
    }
}
