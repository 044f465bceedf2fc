using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ArenaBench.Core.Configuration;

/// <param name="Nodes">Values at most, every use of an alias counted with all it stands for.</param>
public sealed record YamlLimits(int Bytes = 4 << 20, int Depth = 32, int Nodes = 200_000);

/// <summary>Reads one YAML document (JSON is one too) into nodes with places, within limits that keep hostile input small.</summary>
public static class YamlReader
{
    /// <exception cref="ProblemException">Not YAML, over a limit, a key twice; says where.</exception>
    public static async Task<ConfigNode> ReadAsync(
        Stream stream, string file, YamlLimits? limits = null, CancellationToken cancellationToken = default)
    {
        limits ??= new YamlLimits();
        var buffer = new byte[8192];
        using var bytes = new MemoryStream();
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > limits.Bytes)
                throw TooLarge(file, limits);
        }

        return Parse(Utf8Text.Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), file), file, limits);
    }

    /// <inheritdoc cref="ReadAsync"/>
    public static ConfigNode Parse(string text, string file, YamlLimits? limits = null)
    {
        limits ??= new YamlLimits();
        if (Encoding.UTF8.GetByteCount(text) > limits.Bytes) throw TooLarge(file, limits);
        var scanner = new Scanner(new StringReader(text), skipComments: true);
        try
        {
            var parser = new Parser(scanner);
            parser.Consume<StreamStart>();
            if (!parser.Accept<DocumentStart>(out _)) return new ConfigMap(file, 1, 1, "", []);
            parser.Consume<DocumentStart>();
            var root = new NodeBuilder(file, parser, limits).Build("", depth: 1);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
                throw new ProblemException(new Problem(file, (int)second.Start.Line, (int)second.Start.Column, "holds a second document; one is wanted"));
            return root;
        }
        catch (YamlException e)
        {
            throw new ProblemException(new Problem(file, (int)e.Start.Line, (int)e.Start.Column, $"is not YAML or JSON: {e.Message}"));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The scanner does not wrap every failure on malformed text.
            var at = scanner.CurrentPosition;
            throw new ProblemException(new Problem(file, (int)at.Line, (int)at.Column, "is not YAML or JSON: a value does not end as it should"));
        }
    }

    private static ProblemException TooLarge(string file, YamlLimits limits) =>
        new(new Problem(file, null, null, $"is larger than {limits.Bytes} bytes, the most that is taken"));

    private sealed class NodeBuilder(string file, IParser parser, YamlLimits limits)
    {
        private readonly Dictionary<AnchorName, (ConfigNode Node, int Size)> anchors = [];
        private int nodes;

        public ConfigNode Build(string path, int depth)
        {
            var start = parser.Current!;
            if (depth > limits.Depth) throw Fail(start, $"is nested deeper than {limits.Depth} levels");
            if (parser.TryConsume<AnchorAlias>(out var alias)) return Resolve(alias);

            var before = nodes;
            Count(start, 1);
            ConfigNode node = parser.Current switch
            {
                Scalar => Build(parser.Consume<Scalar>(), path),
                SequenceStart => BuildList(parser.Consume<SequenceStart>(), path, depth),
                MappingStart => BuildMap(parser.Consume<MappingStart>(), path, depth),
                _ => throw Fail(start, "holds no value here"),
            };
            if (start is NodeEvent { Anchor.IsEmpty: false } anchored) anchors[anchored.Anchor] = (node, nodes - before);
            return node;
        }

        private ConfigScalar Build(Scalar scalar, string path) =>
            new(file, (int)scalar.Start.Line, (int)scalar.Start.Column, path, scalar.Value, scalar.Style != ScalarStyle.Plain);

        private ConfigList BuildList(SequenceStart start, string path, int depth)
        {
            var items = new List<ConfigNode>();
            while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Build($"{path}[{items.Count}]", depth + 1));
            return new ConfigList(file, (int)start.Start.Line, (int)start.Start.Column, path, items);
        }

        private ConfigMap BuildMap(MappingStart start, string path, int depth)
        {
            var entries = new List<ConfigEntry>();
            var merged = new List<ConfigEntry>();
            var keys = new HashSet<string>(StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var at = parser.Current!;
                if (Build(path, depth + 1) is not ConfigScalar key) throw Fail(at, "a key must be a single value");
                var value = Build(path.Length == 0 ? key.Value : $"{path}.{key.Value}", depth + 1);
                if (key is { Value: "<<", IsQuoted: false }) merged.AddRange(Merged(value));
                else if (keys.Add(key.Value)) entries.Add(new ConfigEntry(key, value));
                else throw Fail(at, $"the key {key.Value} occurs twice");
            }
            entries.AddRange(merged.Where(e => keys.Add(e.Key.Value)));
            return new ConfigMap(file, (int)start.Start.Line, (int)start.Start.Column, path, entries);
        }

        private static IEnumerable<ConfigEntry> Merged(ConfigNode value) => value switch
        {
            ConfigMap map => map.Entries,
            ConfigList list when list.Items.All(i => i is ConfigMap) => list.Items.Cast<ConfigMap>().SelectMany(m => m.Entries),
            _ => throw new ProblemException(value.Problem("<< takes a map or a list of maps")),
        };

        private ConfigNode Resolve(AnchorAlias alias)
        {
            if (!anchors.TryGetValue(alias.Value, out var target)) throw Fail(alias, $"the alias *{alias.Value} names no anchor before it");
            Count(alias, target.Size);
            return target.Node;
        }

        private void Count(ParsingEvent at, int more)
        {
            nodes += more;
            if (nodes > limits.Nodes) throw Fail(at, $"holds more than {limits.Nodes} values, aliases counted with what they stand for");
        }

        private ProblemException Fail(ParsingEvent at, string message) =>
            new(new Problem(file, (int)at.Start.Line, (int)at.Start.Column, message));
    }
}
