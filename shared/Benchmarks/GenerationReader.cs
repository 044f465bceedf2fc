using System.Globalization;
using ArenaBench.Core.Configuration;

namespace ArenaBench.Core.Benchmarks;

/// <summary>Reads how answers are made: the published <c>gen_answer_config.yaml</c>, or <c>generation</c> in ours.</summary>
internal static class GenerationReader
{
    private const int MostChoices = 100;

    /// <param name="keepsTable">A temperature of the file leaves the table by category in force, as v0.1's pipeline does.</param>
    public static GenerationConfig Read(ConfigReader reader, GenerationConfig defaults, bool keepsTable)
    {
        reader.Ignore("name", "description", "bench_name");
        var temperature = reader.Number("temperature", 0, 2);
        var table = reader.Has("temperature_by_category") ? Table(reader)
            : temperature is null || keepsTable ? defaults.TemperatureByCategory
            : new Dictionary<string, double>();
        var config = new GenerationConfig(
            temperature ?? defaults.DefaultTemperature,
            table,
            reader.Number("force_temperature", 0, 2),
            reader.Count("max_tokens", lowest: 1) ?? defaults.MaxTokens,
            reader.Count("num_choices", 1, MostChoices) ?? defaults.Choices,
            reader.Texts("model_list"));
        reader.ReportUnknownKeys();
        return config;
    }

    private static Dictionary<string, double> Table(ConfigReader reader)
    {
        var table = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (category, node) in reader.Entries("temperature_by_category"))
        {
            if (node is ConfigScalar scalar && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 2)
                table[category.Value] = value;
            else
                reader.Report(node, $"{node.Path} is not a temperature; a number from 0 to 2 is wanted");
        }
        return table;
    }
}
