namespace ArenaBench.Cli.Output;

/// <summary>What the user types to run this program, for lines that are to be copied: from a checkout it is not installed.</summary>
internal static class CommandName
{
    private const string Installed = "arena";
    private const string Project = "ArenaBench.Cli.csproj";

    public static string Current { get; } = Of(AppContext.BaseDirectory, Environment.CurrentDirectory);

    /// <param name="program">The folder that the program runs from.</param>
    /// <param name="here">Where the user is.</param>
    internal static string Of(string program, string here)
    {
        for (var folder = new DirectoryInfo(program); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, Project)))
                continue;
            var project = Path.GetRelativePath(here, folder.FullName);
            return $"dotnet run --project {(project.Contains(' ') ? $"\"{project}\"" : project)} --";
        }

        return Installed;
    }
}
