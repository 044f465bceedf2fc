namespace ArenaBench.Core.Configuration;

/// <summary>A value of a YAML or JSON file, with its place.</summary>
/// <param name="Path">Such as <c>endpoints[0].api_base</c>; empty at the root.</param>
public abstract record ConfigNode(string File, int Line, int Column, string Path)
{
    public bool IsNull => this is ConfigScalar { IsQuoted: false, Value: "" or "~" or "null" or "Null" or "NULL" };

    public Problem Problem(string message) => new(File, Line, Column, message);

    internal string Kind => this switch
    {
        ConfigMap => "a map",
        ConfigList => "a list",
        _ when IsNull => "empty",
        _ => "a single value",
    };
}

/// <param name="IsQuoted">Written in quotes or as a block: a text whatever it looks like.</param>
public sealed record ConfigScalar(string File, int Line, int Column, string Path, string Value, bool IsQuoted)
    : ConfigNode(File, Line, Column, Path);

public sealed record ConfigList(string File, int Line, int Column, string Path, IReadOnlyList<ConfigNode> Items)
    : ConfigNode(File, Line, Column, Path);

public sealed record ConfigMap(string File, int Line, int Column, string Path, IReadOnlyList<ConfigEntry> Entries)
    : ConfigNode(File, Line, Column, Path);

public sealed record ConfigEntry(ConfigScalar Key, ConfigNode Value);
