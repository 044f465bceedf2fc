using System.CommandLine;
using System.IO.Compression;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;
using ArenaBench.Core.Configuration;

namespace ArenaBench.Cli.Commands;

internal static class ExportCommand
{
    public static Command Create()
    {
        var command = new Command("export", "Writes a benchmark of the store as a folder in the published layout: questions, answers, references, judgments.");
        var bench = new Argument<string>("BENCH") { Description = "The benchmark." };
        var target = new Option<string>("--out") { Description = "A folder that does not exist or is empty.", Required = true };
        command.Arguments.Add(bench);
        command.Options.Add(target);
        var host = new HostOptions(command);
        command.SetAction((parsed, cancellationToken) => ExportAsync(host.Read(parsed), parsed.GetValue(bench)!, parsed.GetValue(target)!, cancellationToken));
        return command;
    }

    private static async Task<int> ExportAsync(HostChoice choice, string bench, string target, CancellationToken cancellationToken)
    {
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new ProblemException(new Problem(target, null, null, "is not empty; name a new folder"));
        await using var session = await HostSession.OpenAsync(choice, EmbeddedOptions.Default, cancellationToken);
        await using var archive = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 << 10, FileOptions.DeleteOnClose);
        await session.Client.DownloadBenchmarkAsync(bench, archive, cancellationToken);
        archive.Position = 0;
        var unpacked = Path.Combine(Path.GetFullPath(target), ".unpacking");
        await ZipFile.ExtractToDirectoryAsync(archive, unpacked, cancellationToken);
        // The archive's folder is the benchmark's own; here the user has named another.
        foreach (var entry in Directory.EnumerateFileSystemEntries(Path.Combine(unpacked, bench)))
            Directory.Move(entry, Path.Combine(target, Path.GetFileName(entry)));
        Directory.Delete(unpacked, recursive: true);
        Terminal.Say($"Exported {bench} to {target}: {Directory.EnumerateFiles(target, "*.jsonl", SearchOption.AllDirectories).Count()} files of records.");
        return ExitCodes.Ok;
    }
}
