using System.CommandLine;
using System.Text.Json;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;
using ArenaBench.Core.Records;

namespace ArenaBench.Cli.Commands;

internal static class BenchmarksCommand
{
    public static Command Create()
    {
        var command = new Command("benchmarks", "Lists the benchmarks of the store; with --delete, deletes one that no run uses.");
        var delete = new Option<string?>("--delete") { Description = "The benchmark to delete, with its answers and judgments." };
        var json = new Option<bool>("--json") { Description = "The list as JSON." };
        command.Options.Add(delete);
        command.Options.Add(json);
        var host = new HostOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = await HostSession.OpenAsync(host.Read(parsed), EmbeddedOptions.Default, cancellationToken);
            if (parsed.GetValue(delete) is { } name)
            {
                await session.Client.DeleteBenchmarkAsync(name, cancellationToken);
                Terminal.Say($"Deleted {name}.");
                return ExitCodes.Ok;
            }

            var list = await session.Client.ListBenchmarksAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(list, JsonFiles.Indented));
                return ExitCodes.Ok;
            }

            BenchmarkTable.Write(Terminal.Out, list);
            return ExitCodes.Ok;
        });
        return command;
    }
}
