namespace ArenaBench.Azurite;

/// <summary>How to start Node and npm on this machine.</summary>
/// <param name="Npm">Command and first arguments: npm itself, or Node with npm's script (Windows, where npm is a batch file).</param>
internal sealed record NodeTools(string Node, IReadOnlyList<string> Npm)
{
    public const int OldestMajor = 20;

    /// <summary>Looks through a PATH. Names of folders may hold spaces, and on Windows an entry may stand in quotes.</summary>
    /// <exception cref="AzuriteException">Node or npm is not on the PATH.</exception>
    public static NodeTools Find(string? path, bool windows, Func<string, bool> fileExists)
    {
        var folders = Folders(path, windows);
        var node = First(folders, windows ? ["node.exe"] : ["node"], windows, fileExists)
            ?? throw new AzuriteException(
                "Node.js is not on the PATH: local storage (Azurite) runs on it. Install Node.js 22 or later from https://nodejs.org, "
                + "or give a connection string of an Azure Storage account instead of UseDevelopmentStorage=true.");
        var npm = First(folders, windows ? ["npm.cmd", "npm.exe"] : ["npm"], windows, fileExists)
            ?? throw new AzuriteException(
                $"npm is not on the PATH, though Node.js is ({node}): npm installs local storage (Azurite). Install npm; it comes with Node.js from https://nodejs.org.");
        if (!windows)
            return new NodeTools(node, [npm]);
        var script = Join(npm[..npm.LastIndexOf('\\')], "node_modules\\npm\\bin\\npm-cli.js", windows);
        return new NodeTools(node, fileExists(script) ? [node, script] : [npm]);
    }

    /// <summary>Reads <c>node --version</c>.</summary>
    /// <exception cref="AzuriteException">It is too old, or no version at all.</exception>
    public static void RequireVersion(string node, string versionOutput)
    {
        var text = versionOutput.Trim();
        var digits = text.TrimStart('v').Split('.')[0];
        if (!int.TryParse(digits, out var major))
            throw new AzuriteException($"\"{node} --version\" did not answer with a version. Reinstall Node.js from https://nodejs.org.");
        if (major < OldestMajor)
        {
            throw new AzuriteException(
                $"Node.js {text} ({node}) is too old for local storage (Azurite): it needs {OldestMajor} or later. Install a newer one from https://nodejs.org.");
        }
    }

    private static List<string> Folders(string? path, bool windows) =>
        [.. (path ?? "").Split(windows ? ';' : ':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(folder => windows ? folder.Trim('"') : folder)
            .Where(folder => folder.Length > 0)];

    private static string? First(List<string> folders, string[] names, bool windows, Func<string, bool> fileExists) =>
        folders.SelectMany(folder => names.Select(name => Join(folder, name, windows))).FirstOrDefault(fileExists);

    private static string Join(string folder, string name, bool windows) =>
        windows ? $"{folder.TrimEnd('\\', '/')}\\{name}" : $"{folder.TrimEnd('/')}/{name}";
}
