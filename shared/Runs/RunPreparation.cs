using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Models;
using ArenaBench.Core.Questions;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>Turns a request into a frozen run: looks up everything it names, and refuses it whole with every error.</summary>
public sealed class RunPreparation(ArenaContainer store, BenchmarkCatalog benchmarks, EndpointsCatalog endpoints, KeySource keys)
{
    private const int FirstAttempt = 1;

    /// <summary>As a first attempt. Nothing is written and no model is called.</summary>
    /// <exception cref="ProblemException">Everything that is wrong with the request.</exception>
    public async Task<FrozenRun> ResolveAsync(RunRequest request, string runId, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        // A request waits for the storage once, not for one file after the other.
        var listing = store.Canonical.ListAnsweredAsync(request.Benchmark, cancellationToken);
        var reading = request.Manifest is null ? endpoints.ReadAsync(request.Endpoints, cancellationToken) : null;
        var benchmark = await benchmarks.FindAsync(request.Benchmark, cancellationToken)
            ?? throw new ProblemException(request.Places.At("benchmark", await UnknownBenchmarkAsync(request.Benchmark, cancellationToken)));
        if (request.Manifest is { } manifest)
            return await AgainAsync(request, manifest, benchmark, runId, cancellationToken);
        var models = await reading!;

        var lookup = new ModelLookup(models, await listing, request, problems);
        var judging = request.Baseline is null
            ? benchmark.Judging
            : benchmark.Judging with { Baseline = request.Baseline, BaselineByCategory = new Dictionary<string, string>() };
        var questions = QuestionPick.From(benchmark, request, problems);
        var judged = lookup.Models(benchmark);
        var judges = request.What is RunWork.Both or RunWork.Judge ? lookup.Judges(judging) : [];
        var baselines = request.What is RunWork.Both or RunWork.Judge && judging.Mode == JudgingMode.Pairwise
            ? lookup.Baselines(judging, questions)
            : [];
        if (judges.Count > 0)
            CheckPrompts(judging, questions, request, problems);
        // A judge that only the benchmark's configuration gives endpoints to is in no endpoints file.
        problems.AddRange(models.Validate(Called(request, judged, judges, baselines), keys)
            .Select(problem => problem.File is null ? problem with { File = $"the judge configuration of {benchmark.Name}" } : problem));
        var generation = benchmark.Generation with
        {
            ForcedTemperature = request.Temperature ?? benchmark.Generation.ForcedTemperature,
            MaxTokens = request.MaxTokens ?? benchmark.Generation.MaxTokens,
            Choices = request.Choices ?? benchmark.Generation.Choices,
        };
        if (request.Budget is { } budget)
        {
            var answering = request.What == RunWork.Judge ? [] : judged.Concat(baselines).DistinctBy(model => model.Name);
            problems.AddRange(BudgetChecks.Of(budget, answering, generation, judges, judging, models.At));
        }

        if (problems.Count > 0)
            throw new ProblemException(problems);

        var frozen = await FreezeQuestionsAsync(benchmark, judging, questions, cancellationToken);
        var spec = new RunSpec(
            RunSpec.CurrentSchema, runId, FirstAttempt, benchmark.Name, benchmark.Dialect.Name, request.What, judged, judges, baselines,
            generation, judging, frozen.Count, FrozenQuestions.HashOf(frozen), request.Strict, request.Seed, request.Rounds,
            ProductVersion.Current, request.Date,
            OwnBaseline: questions.Any(question => judging.BaselineFor(question.Category) != benchmark.Judging.BaselineFor(question.Category)),
            BenchmarkVersion: benchmark.Version, BenchmarkRevision: BenchmarkRevision.Of(benchmark), Budget: request.Budget);
        return new FrozenRun(spec, frozen, null);
    }

    /// <summary>Where categories have system prompts of their own, a judge is not asked about another without any.</summary>
    private static void CheckPrompts(JudgeConfig judging, IReadOnlyList<Question> questions, RunRequest request, List<Problem> problems)
    {
        if (judging.SystemPromptByCategory.Count == 0)
            return;
        foreach (var category in questions.GroupBy(question => question.Category).Where(group => judging.SystemPromptFor(group.Key) is null))
        {
            problems.Add(request.Places.At("questions",
                $"there is no judge prompt for the {category.Count()} questions of category {category.Key}; write system_prompt, or system_prompt_by_category, into the benchmark's judge config, or leave them out with questions.categories"));
        }
    }

    /// <summary>With every setting as it was; what the endpoints file and the benchmark's configuration say now does not matter.</summary>
    private async Task<FrozenRun> AgainAsync(
        RunRequest request, RunManifest manifest, Benchmark benchmark, string runId, CancellationToken cancellationToken)
    {
        var spec = manifest.Spec with
        {
            Schema = RunSpec.CurrentSchema, Run = runId, Attempt = FirstAttempt, Version = ProductVersion.Current, Budget = request.Budget, SpentBefore = null,
        };
        var byId = benchmark.Questions.ToDictionary(question => question.Id, StringComparer.Ordinal);
        var gone = manifest.Questions.Where(id => !byId.ContainsKey(id)).ToArray();
        if (gone.Length > 0 || spec.Dialect != benchmark.Dialect.Name)
            throw Changed(gone.Length > 0 ? $"{gone.Length} of its questions are gone, such as {gone[0]}" : $"its dialect is {benchmark.Dialect.Name} and was {spec.Dialect}");
        var frozen = await FreezeQuestionsAsync(benchmark, spec.Judging, [.. manifest.Questions.Select(id => byId[id])], cancellationToken);
        if (FrozenQuestions.HashOf(frozen) != spec.QuestionsHash)
            throw Changed("its questions or reference answers say something else now");

        var problems = spec.CalledModels.DistinctBy(model => model.Name).SelectMany(model => Endpoints.Of(model, keys)).Select(At).ToList();
        if (spec.Budget is { } budget)
        {
            problems.AddRange(BudgetChecks.Of(
                budget, spec.What == RunWork.Judge ? [] : spec.AnsweringModels, spec.Generation, spec.Judges, spec.Judging, (_, message) => At(message)));
        }

        return problems.Count == 0 ? new FrozenRun(spec, frozen, null) : throw new ProblemException(problems);

        Problem At(string message) => request.Places.At("spec", message);

        ProblemException Changed(string how) => new(At(
            $"benchmark {benchmark.Name} is not as it was when the manifest's run was made: {how}. Import it as it was, or run a spec instead of the manifest"));
    }

    /// <summary>Only what the run will call has to be callable.</summary>
    private static IEnumerable<ModelSettings> Called(
        RunRequest request, IReadOnlyList<RunModel> judged, IReadOnlyList<RunModel> judges, IReadOnlyList<RunModel> baselines) =>
        (request.What == RunWork.Judge ? judges : judged.Concat(judges).Concat(baselines)).Select(model => model.Settings).OfType<ModelSettings>();

    private async Task<IReadOnlyList<FrozenQuestion>> FreezeQuestionsAsync(
        Benchmark benchmark, JudgeConfig judging, IReadOnlyList<Question> questions, CancellationToken cancellationToken)
    {
        var references = new List<IReadOnlyDictionary<string, CanonicalLine>>();
        foreach (var model in judging.UsesReference ? judging.ReferenceModels : [])
            references.Add((await store.Canonical.ReadAsync(CanonicalFile.References(benchmark.Name, model), cancellationToken)).Lines);
        var damaged = new DamagedRecords();
        var frozen = questions.Select(question => new FrozenQuestion(question, [.. references.Select((lines, index) =>
            lines.TryGetValue(question.Id, out var line)
                ? damaged.Read(
                    $"{CanonicalFile.References(benchmark.Name, judging.ReferenceModels[index]).Path}, question {question.Id}",
                    () => benchmark.Dialect.ReadAnswer(line.Record))
                : null)])).ToArray();
        return damaged.Named.Count == 0
            ? frozen
            : throw new ProblemException([.. damaged.Named.Select(named => new Problem(null, null, null, named))]);
    }

    private async Task<string> UnknownBenchmarkAsync(string name, CancellationToken cancellationToken)
    {
        var known = await benchmarks.ListAsync(cancellationToken);
        return known.Count == 0
            ? $"benchmark is \"{name}\", but no benchmark has been imported yet; import one with: arena import DIR"
            : $"benchmark is \"{name}\"{Nearest.Hint(name, known)}; there are: {string.Join(", ", known)}";
    }
}
