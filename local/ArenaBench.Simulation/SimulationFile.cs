using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace ArenaBench.Simulation;

/// <summary>Reads <see cref="SimulationOptions"/> from YAML or JSON. Fields are the options' names in snake_case; see docs/simulation.md.</summary>
public static class SimulationFile
{
    private static readonly IDeserializer Deserializer = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithTypeConverter(new SnakeCaseEnums())
        .WithTypeMapping<IReadOnlyList<string>, List<string>>()
        .WithDuplicateKeyChecking()
        .WithEnforceRequiredMembers()
        .Build();

    /// <exception cref="SimulationException">Names the file, the line and what is wrong.</exception>
    public static SimulationOptions Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SimulationException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <param name="name">For messages: where the text is from.</param>
    /// <exception cref="SimulationException">Names the file, the line and what is wrong.</exception>
    public static SimulationOptions Parse(string yaml, string name)
    {
        SimulationOptions options;
        try
        {
            options = Deserializer.Deserialize<SimulationSettings?>(yaml)?.ToOptions() ?? new SimulationOptions();
        }
        catch (YamlException e)
        {
            var cause = e.InnerException?.Message ?? e.Message;
            throw new SimulationException($"{name}:{e.Start.Line}:{e.Start.Column}: {cause}", e);
        }
        var problems = SimulationChecks.Problems(options).ToList();
        return problems.Count == 0
            ? options
            : throw new SimulationException(string.Join(Environment.NewLine, problems.Select(problem => $"{name}: {problem}")));
    }

    private sealed class SnakeCaseEnums : IYamlTypeConverter
    {
        public bool Accepts(Type type) => type.IsEnum;

        public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
        {
            var scalar = parser.Consume<Scalar>();
            var names = Enum.GetNames(type).ToDictionary(JsonNamingPolicy.SnakeCaseLower.ConvertName, StringComparer.Ordinal);
            return names.TryGetValue(scalar.Value, out var name)
                ? Enum.Parse(type, name)
                : throw new YamlException(scalar.Start, scalar.End, $"there is no \"{scalar.Value}\"; there are {string.Join(", ", names.Keys)}.");
        }

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) => throw new NotSupportedException();
    }
}
