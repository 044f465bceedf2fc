using System.CommandLine;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;
using ArenaBench.Core.Configuration;

namespace ArenaBench.Cli.Commands;

internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Runs a host on this machine until it is interrupted; runs that were going go on.");
        var port = new Option<int>("--port") { Description = "Port to listen on; 0 lets the system choose.", DefaultValueFactory = _ => 7071 };
        var key = new Option<string?>("--require-key") { Description = "A key that callers have to show; the environment variable LocalRuntime__Key is read without it.", HelpName = "KEY" };
        var readKey = new Option<string?>("--read-key")
        {
            Description = "A second key that shows everything and changes nothing, to share the viewer with; the environment variable LocalRuntime__ReadKey is read without it.",
            HelpName = "KEY",
        };
        command.Options.Add(port);
        command.Options.Add(key);
        command.Options.Add(readKey);
        var host = new HostOptions(command);
        command.SetAction((parsed, cancellationToken) => ServeAsync(
            host.Read(parsed),
            EmbeddedOptions.Default with { Url = $"http://127.0.0.1:{parsed.GetValue(port)}", Key = parsed.GetValue(key), ReadKey = parsed.GetValue(readKey) },
            cancellationToken));
        return command;
    }

    private static async Task<int> ServeAsync(HostChoice choice, EmbeddedOptions options, CancellationToken cancellationToken)
    {
        if (options is { ReadKey: not null, Key: null } && Environment.GetEnvironmentVariable("LocalRuntime__Key") is null)
            throw new ProblemException(new Problem("--read-key", null, null, "opens reading alone, and without a key the rest would be open to everybody: add --require-key KEY"));
        await using var session = await HostSession.OpenAsync(choice with { Url = null }, options, cancellationToken);
        if (!session.IsEmbedded)
        {
            Terminal.Say($"A host runs here already: {session.Client.Host}{(options.Key is null && options.ReadKey is null ? "" : " (stop it to start one with keys)")}");
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
