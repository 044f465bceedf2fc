using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Records;
using ArenaBench.Functions.Viewer;

namespace ArenaBench.Cli.Client;

/// <summary>A folder on this machine that holds the pages of a run, or will.</summary>
internal sealed partial class SiteFolder(string path)
{
    private const string Unpacking = ".arenabench-unpacking";

    /// <exception cref="ProblemException">It holds something else, which would be mixed with the pages or lost.</exception>
    public void Check()
    {
        if (File.Exists(path))
            throw new ProblemException(new Problem(path, null, null, "is a file; name a folder"));
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any(entry => Path.GetFileName(entry) != Unpacking) && !File.Exists(In(SiteFiles.Mark)))
            throw new ProblemException(new Problem(
                path, null, null, $"is not empty and holds no pages of a run (there is no {SiteFiles.Mark} in it); name a new folder, or one that an earlier export has written"));
    }

    /// <summary>Takes the earlier pages away once the new ones are all here. Other files of the folder stay.</summary>
    /// <exception cref="InvalidDataException">The archive is no folder of pages; nothing was changed.</exception>
    public async Task<SiteMark> ReplaceAsync(ZipArchive archive, CancellationToken cancellationToken)
    {
        var unpacked = In(Unpacking);
        Delete(unpacked);
        try
        {
            foreach (var entry in archive.Entries)
                await UnpackAsync(entry, unpacked, cancellationToken);
            var mark = await ReadMarkAsync(Path.Combine(unpacked, SiteFiles.Mark), cancellationToken);
            // The mark first: a folder that is left half way can be written again.
            File.Move(Path.Combine(unpacked, SiteFiles.Mark), In(SiteFiles.Mark), overwrite: true);
            foreach (var name in SiteFiles.Top.Where(name => name != SiteFiles.Mark))
            {
                Delete(In(name));
                Move(Path.Combine(unpacked, name), In(name));
            }

            return mark;
        }
        finally
        {
            Delete(unpacked);
        }
    }

    private static async Task UnpackAsync(ZipArchiveEntry entry, string folder, CancellationToken cancellationToken)
    {
        // The first part is the run's id. Names come from another machine: only what pages are called is taken.
        var parts = entry.FullName.Split('/')[1..];
        if (parts.Length == 0 || !SiteFiles.Top.Contains(parts[0]) || !parts.All(part => Plain().IsMatch(part)))
            throw new InvalidDataException($"it holds \"{entry.FullName}\"");
        var file = Path.Combine([folder, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await entry.ExtractToFileAsync(file, overwrite: false, cancellationToken);
    }

    private static async Task<SiteMark> ReadMarkAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            throw new InvalidDataException($"{SiteFiles.Mark} is missing");
        try
        {
            await using var content = File.OpenRead(file);
            return await JsonSerializer.DeserializeAsync<SiteMark>(content, JsonFiles.Options, cancellationToken) is { Schema: SiteMark.CurrentSchema } mark
                ? mark
                : throw new InvalidDataException($"{SiteFiles.Mark} has another schema than {SiteMark.CurrentSchema}");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{SiteFiles.Mark}: {broken.Message}");
        }
    }

    private static void Delete(string place)
    {
        if (Directory.Exists(place))
            Directory.Delete(place, recursive: true);
        else if (File.Exists(place))
            File.Delete(place);
    }

    private static void Move(string from, string to)
    {
        if (Directory.Exists(from))
            Directory.Move(from, to);
        else if (File.Exists(from))
            File.Move(from, to);
    }

    private string In(string name) => Path.Combine(path, name);

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]*\z")]
    private static partial Regex Plain();
}
