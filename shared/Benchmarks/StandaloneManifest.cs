using System.Globalization;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace ArenaBench.Core.Benchmarks;

/// <summary>The <c>benchmark.yaml</c> of a benchmark that extends another, with all that it has from there written out: where it is
/// taken to, the other need not be.</summary>
internal static class StandaloneManifest
{
    private static readonly string[] JudgingKeys = ["judge_config", "judging", "reference"];

    /// <param name="manifest">Its own.</param>
    /// <param name="extended">That of the benchmark from which it has its judging; null: it has its own.</param>
    /// <param name="judgeConfig">The file that the judging is then in; null: there is none.</param>
    /// <param name="publishedBytes">It has its judging from a published folder, where texts go into prompts as they are.</param>
    public static byte[] Write(
        ReadOnlyMemory<byte> manifest, Benchmark benchmark, ReadOnlyMemory<byte>? extended, string? judgeConfig, bool publishedBytes)
    {
        var own = Root(manifest);
        own.Children.Remove("extends");
        Put(own, "questions", benchmark.Questions.Count.ToString(CultureInfo.InvariantCulture));
        Put(own, "categories", new YamlSequenceNode(benchmark.Categories.Select(category => new YamlScalarNode(category) { Style = YamlDotNet.Core.ScalarStyle.DoubleQuoted })));
        Put(own, "generation", Generation(benchmark.Generation));
        if (extended is { } lent)
        {
            var from = Root(lent);
            foreach (var key in JudgingKeys)
            {
                if (!own.Children.ContainsKey(key) && from.Children.TryGetValue(key, out var value))
                    own.Add(key, value);
            }
        }

        if (publishedBytes)
            Put(own, "judging", new YamlMappingNode("published_bytes", "true"));
        if (judgeConfig is not null)
            Put(own, "judge_config", judgeConfig);
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlStream(new YamlDocument(own)).Save(text, assignAnchors: false);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static YamlMappingNode Generation(GenerationConfig config)
    {
        var generation = new YamlMappingNode
        {
            { "temperature", Number(config.DefaultTemperature) },
            { "temperature_by_category", new YamlMappingNode(config.TemperatureByCategory.Select(entry => KeyValuePair.Create<YamlNode, YamlNode>(entry.Key, Number(entry.Value)))) },
            { "max_tokens", Number(config.MaxTokens) },
            { "num_choices", Number(config.Choices) },
        };
        if (config.ForcedTemperature is { } forced)
            generation.Add("force_temperature", Number(forced));
        if (config.ModelList.Count > 0)
            generation.Add("model_list", new YamlSequenceNode(config.ModelList.Select(model => new YamlScalarNode(model) { Style = YamlDotNet.Core.ScalarStyle.DoubleQuoted })));
        return generation;
    }

    private static YamlMappingNode Root(ReadOnlyMemory<byte> yaml)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(new MemoryStream(yaml.ToArray()));
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static void Put(YamlMappingNode map, string key, YamlNode value) => map.Children[key] = value;

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
