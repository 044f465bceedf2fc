using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Benchmarks;

/// <summary>A benchmark as loaded: its questions in file order and how its answers are made and judged.</summary>
/// <param name="ReferenceModels">Models that have a file under <c>reference_answer/</c>.</param>
/// <param name="Categories">In the order they are shown.</param>
/// <param name="Notes">What a run of it would run into, such as a category without a baseline: not errors.</param>
public sealed record Benchmark(
    string Name,
    Dialect Dialect,
    IReadOnlyList<Question> Questions,
    GenerationConfig Generation,
    JudgeConfig Judging,
    IReadOnlyList<string> ReferenceModels,
    IReadOnlyList<string> Categories,
    IReadOnlyList<Problem> Notes,
    string? Title = null,
    string? Description = null,
    string? Version = null);

/// <summary>How answers are generated unless a run says otherwise.</summary>
/// <param name="TemperatureByCategory">Used where a question has no <c>required_temperature</c>; see docs/formats.md for the order.</param>
/// <param name="ForcedTemperature">Wins over everything else where set.</param>
public sealed record GenerationConfig(
    double DefaultTemperature,
    IReadOnlyDictionary<string, double> TemperatureByCategory,
    double? ForcedTemperature,
    int MaxTokens,
    int Choices,
    IReadOnlyList<string> ModelList)
{
    /// <summary>A <c>gen_answer_config.yaml</c> as published, on its own.</summary>
    /// <exception cref="ProblemException">Everything that is wrong with it.</exception>
    public static GenerationConfig Read(ConfigNode node, Dialect dialect)
    {
        var problems = new List<Problem>();
        var config = GenerationReader.Read(new ConfigReader(node, problems), PublishedDefaults.Generation(dialect), keepsTable: true);
        return problems.Count == 0 ? config : throw new ProblemException(problems);
    }
}
