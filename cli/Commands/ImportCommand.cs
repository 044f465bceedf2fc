using System.CommandLine;
using ArenaBench.Cli.Client;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;
using ArenaBench.Core.Benchmarks;

namespace ArenaBench.Cli.Commands;

internal static class ImportCommand
{
    public static Command Create()
    {
        var command = new Command("import", "Takes a benchmark's folder into a host's store: questions, references, and answers and judgments that are there. One wrong line refuses it whole.");
        var folder = new Argument<string>("DIR") { Description = "A folder of ours (benchmark.yaml) or in the published layout." };
        var name = new Option<string?>("--name") { Description = "The benchmark's name; by default the folder's." };
        var config = new Option<string?>("--config") { Description = "Judge configuration to use instead of the folder's." };
        command.Arguments.Add(folder);
        command.Options.Add(name);
        command.Options.Add(config);
        var host = new HostOptions(command);
        command.SetAction((parsed, cancellationToken) => ImportAsync(
            host.Read(parsed), parsed.GetValue(folder)!, parsed.GetValue(name), parsed.GetValue(config), cancellationToken));
        return command;
    }

    private static async Task<int> ImportAsync(HostChoice choice, string folder, string? name, string? config, CancellationToken cancellationToken)
    {
        var import = await LocalBenchmark.ReadAsync(folder, name, config, cancellationToken);
        await using var session = await HostSession.OpenAsync(choice, EmbeddedOptions.Default, cancellationToken);
        await LocalBenchmark.UploadAsync(session.Client, import, cancellationToken);
        var kinds = import.Records.ToLookup(records => records.Kind);
        Terminal.Say($"Imported {import.Benchmark.Name}: {import.Benchmark.Questions.Count} questions; files of references {kinds[RecordFileKind.Reference].Count()}, "
            + $"answers {kinds[RecordFileKind.Answer].Count()}, judgments {kinds[RecordFileKind.Judgment].Count()}.");
        foreach (var note in import.Notes)
            Terminal.Say($"note: {note}");
        return ExitCodes.Ok;
    }
}
