using System.Text.Json.Nodes;
using ArenaBench.Core.Configuration;

namespace ArenaBench.Cli.Commands;

/// <summary>YAML as JSON that our readers read alike: values stay texts, so that an id such as 007 stays one.</summary>
internal static class YamlJson
{
    public static JsonNode? Of(ConfigNode node) => node switch
    {
        ConfigMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, Of(entry.Value)))),
        ConfigList list => new JsonArray([.. list.Items.Select(Of)]),
        _ when node.IsNull => null,
        ConfigScalar scalar => JsonValue.Create(scalar.Value),
        _ => throw new ArgumentException($"{node.GetType().Name} is no YAML value", nameof(node)),
    };
}
