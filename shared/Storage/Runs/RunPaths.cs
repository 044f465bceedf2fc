using System.Text.RegularExpressions;

namespace ArenaBench.Core.Storage;

/// <summary>Where a run's files lie.</summary>
internal static partial class RunPaths
{
    public const string Root = "runs/";

    /// <exception cref="ArgumentException">It is no run id: it must not lead anywhere else.</exception>
    public static string Folder(string run) => RunId().IsMatch(run)
        ? $"{Root}{run}/"
        : throw new ArgumentException($"\"{run}\" is no run id: 1 to 64 of a-z, 0-9 and - are wanted.", nameof(run));

    [GeneratedRegex(@"\A[a-z0-9-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RunId();
}
