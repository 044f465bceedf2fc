using System.Diagnostics;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Runs;

/// <summary>All that the activities of one attempt read: the spec, the questions with their references, and the plan once it is made.</summary>
public sealed class FrozenRun
{
    private readonly IReadOnlyList<Dictionary<int, string>>? _parts;
    private readonly Dictionary<string, Question> _byId;

    public FrozenRun(RunSpec spec, IReadOnlyList<FrozenQuestion> questions, RunPlanFile? plan)
    {
        Spec = spec;
        Questions = questions;
        Plan = plan;
        _byId = questions.ToDictionary(frozen => frozen.Question.Id, frozen => frozen.Question, StringComparer.Ordinal);
        Dialect = Dialect.Get(spec.Dialect);
        _parts = plan?.Models.Select((work, model) => PartsByQuestion(spec.Attempt, model, work)).ToArray();
    }

    public RunSpec Spec { get; }

    public Dialect Dialect { get; }

    public IReadOnlyList<FrozenQuestion> Questions { get; }

    public RunPlanFile? Plan { get; }

    /// <summary>The part that holds a model's records of a question; null when the model has none of it.</summary>
    public string? PartOf(int model, int question) =>
        (_parts ?? throw new InvalidOperationException($"Run {Spec.Run} has no plan yet."))[model].GetValueOrDefault(question);

    /// <summary>All parts of a model, in the order of their shards.</summary>
    public IEnumerable<string> PartsOf(int model) => (_parts ?? throw new InvalidOperationException($"Run {Spec.Run} has no plan yet."))[model].Values.Distinct();

    public FrozenRun AsAttempt(int attempt) => new(Spec with { Attempt = attempt }, Questions, Plan);

    /// <summary>The same run, its spans children of that one's.</summary>
    public FrozenRun TracedBy(Activity? accepted) => new(Spec with { Trace = accepted?.Id }, Questions, Plan);

    public Question QuestionById(string id) => _byId[id];

    public int ModelIndex(string name)
    {
        for (var index = 0; index < Spec.AnsweringModels.Count; index++)
        {
            if (Spec.AnsweringModels[index].Name == name)
                return index;
        }

        throw new ArgumentException($"Run {Spec.Run} has no model {name}.", nameof(name));
    }

    private static Dictionary<int, string> PartsByQuestion(int attempt, int model, ModelWork work)
    {
        var parts = new Dictionary<int, string>();
        foreach (var question in work.Settled)
            parts[question] = PartNames.Settled(attempt, model);
        for (var shard = 0; shard < work.Shards.Count; shard++)
        {
            foreach (var item in work.Shards[shard])
                parts[item.Question] = PartNames.Shard(attempt, model, shard);
        }

        return parts;
    }
}

/// <param name="References">In the order of the judge configuration's reference models; null where one has no answer.</param>
public sealed record FrozenQuestion(Question Question, IReadOnlyList<Answer?> References);
