using System.CommandLine;
using ArenaBench.Cli.Hosting;

namespace ArenaBench.Cli.Commands;

internal static class ManifestCommand
{
    public static Command Create()
    {
        var command = new Command("manifest", "Prints a run's manifest: every setting, and what its leaderboard stands on. `arena run FILE` runs it again.");
        var run = new Argument<string>("RUN") { Description = "The run's id." };
        command.Arguments.Add(run);
        var host = new HostOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = await HostSession.OpenAsync(host.Read(parsed), EmbeddedOptions.Default, cancellationToken);
            Console.Out.WriteLine(await session.Client.GetManifestAsync(parsed.GetValue(run)!, cancellationToken));
            return ExitCodes.Ok;
        });
        return command;
    }
}
