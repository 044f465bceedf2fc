namespace ArenaBench.Cli.Hosting;

/// <summary>Which host a command works with.</summary>
/// <param name="Url">Null: one on this machine, started when none runs.</param>
/// <param name="StateFolder">Where that one keeps its storage.</param>
public sealed record HostChoice(string? Url, string? Key, string StateFolder)
{
    public const string DefaultState = ".arenabench";

    /// <summary>As options, without the key.</summary>
    internal string Arguments => Url is { } url ? $" --host {url}"
        : StateFolder == DefaultState ? ""
        : StateFolder.Contains(' ') ? $" --state \"{StateFolder}\""
        : $" --state {StateFolder}";
}
