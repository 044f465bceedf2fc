using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ArenaBench.Azurite;

/// <summary>The pinned Azurite in a folder named after its version and lock file: a new pin never meets an old installation.</summary>
internal sealed class AzuriteInstallation
{
    private static readonly string[] Packages = [".npmrc", "no-telemetry/index.js", "no-telemetry/package.json", "package-lock.json", "package.json"];
    private static readonly string[] Scripts = ["launch.cjs", "stop.cjs"];

    private AzuriteInstallation(string folder) => Folder = folder;

    public static string Version { get; } = ReadVersion();

    public string Folder { get; }

    public string LaunchScript => Path.Combine(ScriptFolder, "launch.cjs");

    public string MainScript => Path.Combine(Folder, "node_modules", "azurite", "dist", "src", "blob", "main.js");

    // Apart, so that a change of our scripts does not install everything again.
    private string ScriptFolder => Path.Combine(Folder, $"scripts-{HashOf(Scripts)}");

    private string Marker => Path.Combine(Folder, "installed");

    /// <summary>Installs unless it is there. Several processes may ask at once: one installs, the others wait.</summary>
    public static async Task<AzuriteInstallation> EnsureAsync(NodeTools tools, AzuriteOptions options, CancellationToken cancellationToken)
    {
        var root = Path.GetFullPath(options.ResolvedInstallFolder);
        var installation = new AzuriteInstallation(Path.Combine(root, FolderName()));
        if (File.Exists(installation.Marker) && File.Exists(installation.LaunchScript))
            return installation;
        CreateFolder(root);
        await using var turn = await FileTurn.TakeAsync(installation.Folder + ".lock", options.InstallTimeout, cancellationToken);
        if (!File.Exists(installation.Marker))
            await installation.InstallAsync(tools, options, cancellationToken);
        // The script that is looked for is written last.
        await WriteAsync(installation.ScriptFolder, Scripts.Reverse(), cancellationToken);
        return installation;
    }

    private async Task InstallAsync(NodeTools tools, AzuriteOptions options, CancellationToken cancellationToken)
    {
        options.Log?.Invoke(
            $"Installing Azurite {Version} from npm, once, into {Folder}: it is the emulator of Azure Storage that keeps questions, answers and judgments on this machine.");
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        await WriteAsync(Folder, Packages, cancellationToken);
        // No install scripts: Azurite needs none, and code of a dependency should not run for being downloaded.
        string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--engine-strict=false", "--loglevel=error"];
        var run = await ToolRun.RunAsync([.. tools.Npm, .. arguments], Folder, options.InstallTimeout, cancellationToken);
        if (run.ExitCode != 0 || !File.Exists(MainScript))
        {
            throw new AzuriteException(
                $"Azurite {Version} could not be installed: \"npm ci\" in {Folder} ended with exit code {run.ExitCode}. "
                + $"Check that npm reaches its registry (npm ping), then run the command again. npm said:{Environment.NewLine}{run.Tail}");
        }
        await File.WriteAllTextAsync(Marker, Version, cancellationToken);
    }

    private static async Task WriteAsync(string folder, IEnumerable<string> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            var target = Path.Combine(folder, Path.Combine(file.Split('/')));
            CreateFolder(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(target, Resource(file), cancellationToken);
        }
    }

    private static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AzuriteException($"The folder {folder} cannot be made: {e.Message}. Azurite needs it; give another one.", e);
        }
    }

    private static string FolderName() => $"azurite-{Version}-{HashOf(Packages)}";

    private static string HashOf(string[] files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
            hash.AppendData(Resource(file));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
    }

    private static string ReadVersion()
    {
        using var package = JsonDocument.Parse(Encoding.UTF8.GetString(Resource("package.json")));
        return package.RootElement.GetProperty("dependencies").GetProperty("azurite").GetString()!;
    }

    private static byte[] Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
