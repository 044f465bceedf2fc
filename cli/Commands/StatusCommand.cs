using System.CommandLine;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;

namespace ArenaBench.Cli.Commands;

internal static class StatusCommand
{
    public static Command Create()
    {
        var command = new Command("status", "Lists runs, or shows one with the progress of its models.");
        var run = new Argument<string?>("RUN") { Arity = ArgumentArity.ZeroOrOne, Description = "A run's id." };
        var json = new Option<bool>("--json") { Description = "The same as JSON, as the HTTP API has it." };
        command.Arguments.Add(run);
        command.Options.Add(json);
        var host = new HostOptions(command);
        command.SetAction((parsed, cancellationToken) => ShowAsync(host.Read(parsed), parsed.GetValue(run), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(HostChoice choice, string? id, bool json, CancellationToken cancellationToken)
    {
        await using var session = await HostSession.OpenAsync(choice, EmbeddedOptions.Default, cancellationToken);
        if (json)
        {
            Console.Out.WriteLine(await session.Client.GetRunsJsonAsync(id, cancellationToken));
            return ExitCodes.Ok;
        }

        if (id is null)
            RunTable.Write(Terminal.Out, await session.Client.ListRunsAsync(cancellationToken));
        else
            RunTable.Write(Terminal.Out, await session.Client.GetRunAsync(id, cancellationToken));
        return ExitCodes.Ok;
    }
}
