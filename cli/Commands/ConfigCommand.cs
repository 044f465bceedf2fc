using System.CommandLine;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Models;

namespace ArenaBench.Cli.Commands;

internal static class ConfigCommand
{
    public static Command Create()
    {
        var command = new Command("config", "Configuration files: checks them, stores endpoint files on a host.");
        command.Subcommands.Add(ConfigCheckCommand.Create());
        command.Subcommands.Add(Put());
        command.Subcommands.Add(Get());
        return command;
    }

    private static Command Put()
    {
        var put = new Command("put", "Checks an endpoints file and stores it as config/endpoints.yaml, or under the name given.");
        var file = new Argument<string>("FILE") { Description = "An endpoints file; see docs/models.md." };
        var name = new Option<string>("--name") { Description = "Its name under config/.", DefaultValueFactory = _ => EndpointsCatalog.DefaultFile };
        put.Arguments.Add(file);
        put.Options.Add(name);
        var host = new HostOptions(put);
        put.SetAction(async (parsed, cancellationToken) =>
        {
            var text = await ReadAsync(parsed.GetValue(file)!, cancellationToken);
            EndpointsFile.Parse(text, parsed.GetValue(file)!);
            await using var session = await HostSession.OpenAsync(host.Read(parsed), EmbeddedOptions.Default, cancellationToken);
            var stored = await session.Client.PutConfigAsync(parsed.GetValue(name)!, text, cancellationToken);
            Terminal.Say($"Stored as config/{stored.Name} on {session.Client.Host}: {stored.Models.Count} models.");
            return ExitCodes.Ok;
        });
        return put;
    }

    private static Command Get()
    {
        var get = new Command("get", "Prints an endpoints file of the store.");
        var name = new Argument<string>("NAME") { Description = "Its name under config/.", DefaultValueFactory = _ => EndpointsCatalog.DefaultFile };
        get.Arguments.Add(name);
        var host = new HostOptions(get);
        get.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = await HostSession.OpenAsync(host.Read(parsed), EmbeddedOptions.Default, cancellationToken);
            Console.Out.Write(await session.Client.GetConfigAsync(parsed.GetValue(name)!, cancellationToken));
            return ExitCodes.Ok;
        });
        return get;
    }

    /// <exception cref="ProblemException">There is no such file, or it is not UTF-8.</exception>
    internal static async Task<string> ReadAsync(string file, CancellationToken cancellationToken) => File.Exists(file)
        ? Utf8Text.Read(await File.ReadAllBytesAsync(file, cancellationToken), file)
        : throw new ProblemException(new Problem(file, null, null, "there is no such file"));
}
