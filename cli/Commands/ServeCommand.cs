using System.CommandLine;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;

namespace ArenaBench.Cli.Commands;

internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Runs a host on this machine until it is interrupted; runs that were going go on.");
        var port = new Option<int>("--port") { Description = "Port to listen on; 0 lets the system choose.", DefaultValueFactory = _ => 7071 };
        command.Options.Add(port);
        var host = new HostOptions(command);
        command.SetAction((parsed, cancellationToken) => ServeAsync(host.Read(parsed), parsed.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> ServeAsync(HostChoice choice, int port, CancellationToken cancellationToken)
    {
        var options = EmbeddedOptions.Default with { Url = $"http://127.0.0.1:{port}" };
        await using var session = await HostSession.OpenAsync(choice with { Url = null }, options, cancellationToken);
        if (!session.IsEmbedded)
        {
            Terminal.Say($"A host runs here already: {session.Client.Host}");
            return ExitCodes.Ok;
        }

        Terminal.Say($"Listening on {session.Client.Host} (Ctrl-C stops it; runs go on when it is started again)");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Terminal.Say("Stopping.");
        }

        return ExitCodes.Ok;
    }
}
