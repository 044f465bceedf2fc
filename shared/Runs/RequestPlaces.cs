using ArenaBench.Core.Configuration;

namespace ArenaBench.Core.Runs;

/// <summary>Where in a request's text its names stand, for what shows only when they are looked up.</summary>
/// <param name="text">What the text is called in messages.</param>
public sealed class RequestPlaces(string text, ConfigNode? root)
{
    private static readonly string[] ModelKeys = ["models", "judges", "baseline"];

    /// <summary>A request that was made in code.</summary>
    public static RequestPlaces None { get; } = new("the request", null);

    /// <param name="key">Such as <c>models</c> or <c>questions.ids</c>; one that the request does not have is placed at the text as a whole.</param>
    /// <param name="value">The one value of the key that is meant.</param>
    public Problem At(string key, string message, string? value = null) => Find(key) is { } node
        ? (ItemOf(node, value) ?? node).Problem(message)
        : new Problem(text, null, null, message);

    /// <summary>Where the request names a model.</summary>
    public Problem OfModel(string model, string message) =>
        ModelKeys.Select(key => Find(key) is { } node ? ItemOf(node, model) : null).FirstOrDefault(item => item is not null) is { } named
            ? named.Problem(message)
            : new Problem(text, null, null, message);

    private ConfigNode? Find(string key)
    {
        var node = root;
        foreach (var part in key.Split('.'))
            node = (node as ConfigMap)?.Entries.FirstOrDefault(entry => entry.Key.Value == part)?.Value;
        return node;
    }

    private static ConfigScalar? ItemOf(ConfigNode node, string? value) =>
        (node is ConfigList list ? list.Items : [node]).OfType<ConfigScalar>().FirstOrDefault(item => item.Value == value);
}
