using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Models;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Runs;

/// <summary>Finds the models, judges and baselines that a request names.</summary>
/// <param name="answered">Models that have canonical answers.</param>
internal sealed class ModelLookup(
    Endpoints endpoints, IReadOnlyList<string> answered, RunRequest request, List<Problem> problems)
{
    public IReadOnlyList<RunModel> Models(Benchmark benchmark)
    {
        var names = request.Models ?? request.What switch
        {
            RunWork.Judge => FirstOf(benchmark.Judging.ModelList, answered),
            RunWork.Reference => benchmark.Judging.ReferenceModels,
            _ => FirstOf(benchmark.Generation.ModelList, benchmark.Judging.ModelList),
        };
        if (names.Count == 0)
        {
            Report("models", request.What switch
            {
                RunWork.Judge => $"models is absent and no model has answers to {benchmark.Name}; name models, or answer first",
                RunWork.Reference => "models is absent and the benchmark's configuration names no ref_model; name the models whose answers are to be references",
                _ => "models is absent and the benchmark's configuration names none; name the models to answer",
            });
        }

        return [.. names.Select(name => Find("models", name, mustCall: request.What != RunWork.Judge))];
    }

    public IReadOnlyList<RunModel> Judges(JudgeConfig config)
    {
        var names = request.Judges ?? config.JudgeModels;
        if (names.Count == 0)
            Report("judges", "judges is absent and the benchmark's configuration names no judge_model; name a judge");
        return [.. names.Select(name => FindJudge(config, name))];
    }

    public IReadOnlyList<RunModel> Baselines(JudgeConfig config, IReadOnlyList<Question> questions)
    {
        foreach (var category in questions.Select(question => question.Category).Distinct().Where(category => config.BaselineFor(category) is null))
            Report("baseline", $"there is no baseline for the questions of category {category}; name one with baseline");
        var names = questions.Select(question => config.BaselineFor(question.Category)).OfType<string>().Distinct();
        return [.. names.Select(name => Find("baseline", name, mustCall: false))];
    }

    private RunModel FindJudge(JudgeConfig config, string name) =>
        endpoints.Get(name) is { } settings
            ? new RunModel(name, Limited(settings with { Endpoints = config.Endpoints.Count > 0 ? config.Endpoints : settings.Endpoints }))
            : config.Endpoints.Count > 0
                ? new RunModel(name, Limited(ModelSettings.OpenAi(name, config.Endpoints)))
                : Find("judges", name, mustCall: true);

    private RunModel Find(string key, string name, bool mustCall)
    {
        var settings = endpoints.Get(name);
        if (settings is null && (mustCall || !answered.Contains(name)))
        {
            var (who, instead) = IsAsked(key) ? (key, "") : ("the benchmark's configuration", $"; store its endpoints, or name others with {key}");
            Report(key, $"{who} names {name}, which {endpoints.File} does not have{Nearest.Hint(name, endpoints.Names)}"
                + (mustCall ? "" : ", and which has no answers") + instead, name);
        }

        return new RunModel(name, settings is null ? null : Limited(settings));
    }

    /// <summary>The request names them; else the benchmark's configuration does.</summary>
    private bool IsAsked(string key) => key switch
    {
        "models" => request.Models is not null,
        "judges" => request.Judges is not null,
        _ => request.Baseline is not null,
    };

    private ModelSettings Limited(ModelSettings settings) =>
        request.Parallel is { } parallel ? settings with { Parallel = Math.Min(parallel, settings.Parallel) } : settings;

    private static IReadOnlyList<string> FirstOf(IReadOnlyList<string> first, IReadOnlyList<string> second) => first.Count > 0 ? first : second;

    private void Report(string key, string message, string? value = null) => problems.Add(request.Places.At(key, message, value));
}
