using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;

namespace ArenaBench.Functions.Browsing;

/// <summary>Puts a run's records together, which may come in any order of their questions.</summary>
internal sealed class QuestionRows(FrozenRun run)
{
    private readonly Dictionary<string, int> _numbers =
        run.Questions.Index().ToDictionary(entry => entry.Item.Question.Id, entry => entry.Index, StringComparer.Ordinal);

    private readonly Dictionary<string, SortedDictionary<int, QuestionRow>> _byModel =
        run.Spec.AnsweringModels.ToDictionary(model => model.Name, _ => new SortedDictionary<int, QuestionRow>(), StringComparer.Ordinal);

    public void Add(IndexRow record)
    {
        if (!_numbers.TryGetValue(record.Key.QuestionId, out var question) || !_byModel.TryGetValue(record.Key.Model, out var byQuestion))
            return;
        if (!byQuestion.TryGetValue(question, out var row))
            byQuestion[question] = row = new QuestionRow(question, record.Key.Model);
        row.Add(record);
    }

    /// <returns>By model, in the run's order, then by question.</returns>
    public IReadOnlyList<QuestionRow> All() => [.. run.Spec.AnsweringModels.SelectMany(model => _byModel[model.Name].Values)];
}
