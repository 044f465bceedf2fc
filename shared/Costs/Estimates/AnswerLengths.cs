using ArenaBench.Core.Models;
using ArenaBench.Core.Runs;

namespace ArenaBench.Core.Costs;

/// <summary>How long answers will be: a length for each question, and for each model how its answers compare with that.</summary>
internal sealed class AnswerLengths
{
    private const double Unknown = 450;
    private const double UsualBetweenQuestions = 0.45;
    private const double UsualBetweenModels = 0.35;
    private const double UsualThinking = 0.7;
    private const double ThinkingFactor = 3;
    private const double UnseenCategory = 0.25;

    private readonly Dictionary<string, double> _expected = new(StringComparer.Ordinal);
    private readonly ILookup<string, KnownReply> _byModel;
    private readonly bool _hasReferences;
    private readonly int _models;

    public AnswerLengths(FrozenRun run, UsageHistory history)
    {
        _byModel = history.Answers.ToLookup(answer => answer.Who, StringComparer.Ordinal);
        _models = _byModel.Count;
        var byQuestion = history.Answers.ToLookup(answer => answer.QuestionId, StringComparer.Ordinal);
        var references = run.Questions.ToDictionary(
            frozen => frozen.Question.Id, frozen => frozen.References.OfType<Answers.Answer>().Select(UsageHistory.TextOf).FirstOrDefault(), StringComparer.Ordinal);
        _hasReferences = references.Values.Any(length => length > 0);

        // Where others have answered a question, their mean; elsewhere the reference, as far as answers are longer or shorter than references.
        var both = run.Questions.Select(frozen => frozen.Question.Id).Where(id => byQuestion.Contains(id) && references[id] > 0).ToArray();
        var scale = both.Length == 0 ? 1 : both.Sum(id => byQuestion[id].Average(answer => answer.Text)) / both.Sum(id => references[id]);
        var known = history.Answers.Count > 0 ? history.Answers.Average(answer => answer.Text) : Unknown;
        var open = 0;
        var unseen = 0;
        var seen = run.Questions.Where(frozen => byQuestion.Contains(frozen.Question.Id)).Select(frozen => frozen.Question.Category).ToHashSet(StringComparer.Ordinal);
        foreach (var (question, _) in run.Questions)
        {
            _expected[question.Id] = byQuestion.Contains(question.Id) ? byQuestion[question.Id].Average(answer => answer.Text)
                : references[question.Id] > 0 ? references[question.Id] * scale
                : known;
            if (byQuestion.Contains(question.Id))
                continue;
            open++;
            unseen += seen.Contains(question.Category) ? 0 : 1;
        }

        var ratios = both.Select(id => byQuestion[id].Average(answer => answer.Text) / references[id]).ToArray();
        Common = open == 0 ? new Factor(1, 0.02)
            : (ratios.Length > 0 ? Factor.Of(ratios, 1, UsualBetweenQuestions) : new Factor(1, _models > 0 ? UsualBetweenQuestions / 2 : UsualBetweenQuestions))
                .Wider(_models > 0 ? UnseenCategory * unseen / open : 0);
    }

    /// <summary>Of the expected lengths themselves: shared by all models.</summary>
    public Factor Common { get; }

    public double Expected(string question) => _expected[question];

    /// <returns>Of the text, and of what is paid for, thinking included.</returns>
    public (Factor Text, double Paid, string Basis) Of(ModelSettings model)
    {
        var own = _byModel[model.Name].Where(answer => _expected.ContainsKey(answer.QuestionId)).ToArray();
        if (own.Length > 0)
        {
            var expected = own.Sum(answer => _expected[answer.QuestionId]);
            var text = Factor.Of([.. own.Select(answer => answer.Text / _expected[answer.QuestionId])], own.Sum(answer => answer.Text) / expected, UsualBetweenQuestions);
            var reported = own.Where(answer => answer.Output is not null).ToArray();
            var paid = reported.Length == 0 ? 1 : reported.Sum(answer => answer.Output!.Value) / Math.Max(1, reported.Sum(answer => answer.Text));
            return (text, paid, $"{own.Length} of its own answers");
        }

        var thinks = model.ReasoningEffort is not null || model.BudgetTokens is not null;
        var others = _models > 0 ? $"answers of {_models} other model{(_models == 1 ? "" : "s")}" : _hasReferences ? "the reference answers" : "nothing: a usual length";
        return (new Factor(1, thinks ? UsualThinking : _models >= 3 ? Math.Max(0.1, Between()) : UsualBetweenModels), thinks ? ThinkingFactor : 1,
            thinks ? $"{others}; how long it thinks is not known" : others);
    }

    /// <summary>How models differ, those that are known.</summary>
    private double Between()
    {
        var logs = _byModel.Select(model => Math.Log(Math.Max(0.01, model.Where(answer => _expected.ContainsKey(answer.QuestionId)).Select(answer => answer.Text / _expected[answer.QuestionId]).DefaultIfEmpty(1).Average()))).ToArray();
        var mean = logs.Average();
        return Math.Sqrt((logs.Sum(log => (log - mean) * (log - mean)) + (UsualBetweenModels * UsualBetweenModels)) / logs.Length);
    }
}
