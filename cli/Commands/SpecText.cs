using System.Text.Json.Nodes;
using ArenaBench.Core.Configuration;

namespace ArenaBench.Cli.Commands;

/// <summary>A run spec, or a run's manifest, as JSON that settings can be put into.</summary>
internal static class SpecText
{
    public static JsonObject Parse(string text, string name)
    {
        var root = YamlReader.Parse(text, name);
        // A manifest is JSON already; its values stay what they are.
        return IsManifest(root) ? JsonNode.Parse(text)!.AsObject() : (JsonObject)YamlJson.Of(root)!;
    }

    public static bool IsManifest(ConfigNode root) =>
        root is ConfigMap map && map.Entries.Any(entry => entry.Key.Value == "spec") && map.Entries.Any(entry => entry.Key.Value == "prompt_hashes");
}
