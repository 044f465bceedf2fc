using System.CommandLine;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;

namespace ArenaBench.Cli.Commands;

/// <summary>Holding, ending and repeating a run.</summary>
internal static class ControlCommands
{
    public static IEnumerable<Command> CreateAll() =>
    [
        Create("suspend", "Holds a run: no new call is made until it is resumed.", "is suspended; calls in flight end. Go on with:  arena resume"),
        Create("resume", "Lets a suspended run go on.", "goes on. Follow it with:  arena follow"),
        Create("cancel", "Ends a run for good; what was paid for is kept and found again.", "is cancelled; what it made is kept. A new attempt:  arena retry"),
        Retry(),
    ];

    private static Command Create(string action, string description, string said)
    {
        var (command, run, host) = Base(action, description);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = await HostSession.OpenAsync(host.Read(parsed), EmbeddedOptions.Default, cancellationToken);
            var id = parsed.GetValue(run)!;
            await session.Client.ControlRunAsync(id, action, cancellationToken);
            Terminal.Say($"Run {id} {said} {id}{session.Arguments}");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Retry()
    {
        var (command, run, host) = Base("retry", "A new attempt of a run that has ended, with the same spec: only what is not there is done.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = await HostSession.OpenAsync(host.Read(parsed), EmbeddedOptions.Default, cancellationToken);
            var id = parsed.GetValue(run)!;
            await session.Client.ControlRunAsync(id, "retry", cancellationToken);
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
