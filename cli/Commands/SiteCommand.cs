using System.CommandLine;
using System.IO.Compression;
using ArenaBench.Cli.Client;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;
using ArenaBench.Core.Configuration;

namespace ArenaBench.Cli.Commands;

internal static class SiteCommand
{
    public static Command Create()
    {
        var command = new Command("site", "Writes a run's pages as a folder for any web host: leaderboard, questions, every answer with its judgments.");
        var run = new Argument<string>("RUN") { Description = "The run's id." };
        var target = new Option<string?>("--out") { Description = "A folder that does not exist, is empty, or holds an earlier one of these; default: RUN-site.", HelpName = "DIR" };
        command.Arguments.Add(run);
        command.Options.Add(target);
        var host = new HostOptions(command);
        command.SetAction((parsed, cancellationToken) =>
            WriteAsync(host.Read(parsed), parsed.GetValue(run)!, parsed.GetValue(target) ?? $"{parsed.GetValue(run)}-site", cancellationToken));
        return command;
    }

    private static async Task<int> WriteAsync(HostChoice choice, string run, string target, CancellationToken cancellationToken)
    {
        var folder = new SiteFolder(target);
        folder.Check();
        await using var session = await HostSession.OpenAsync(choice, EmbeddedOptions.Default, cancellationToken);
        await using var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 << 10, FileOptions.DeleteOnClose);
        await session.Client.DownloadSiteAsync(run, file, cancellationToken);
        file.Position = 0;
        try
        {
            await using var archive = new ZipArchive(file, ZipArchiveMode.Read);
            var mark = await folder.ReplaceAsync(archive, cancellationToken);
            Terminal.Say($"Wrote {mark.Pages:#,0} pages of {run} to {Path.GetFullPath(target)}: open index.html, or put the folder on a web host.");
        }
        catch (InvalidDataException broken)
        {
            throw new ProblemException(new Problem(target, null, null, $"was left as it was: what {session.Client.Host} sent is no folder of pages ({broken.Message})"));
        }

        return ExitCodes.Ok;
    }
}
