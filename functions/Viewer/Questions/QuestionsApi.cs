using System.Globalization;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Browsing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Viewer;

/// <summary>A run's questions with their answers and games, as pages.</summary>
public sealed class QuestionsApi(RunCatalog runs, RunRows rows, ArenaContainer store)
{
    [Function(nameof(ViewQuestions))]
    public Task<IResult> ViewQuestions(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "view/runs/{id}/questions")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => ViewAnswer.GuardAsync(request, async () =>
    {
        if (await FindAsync(client, id, cancellationToken) is not var (run, all))
            return ViewAnswer.NoRun(request, id);
        var links = new ViewLinks(request);
        var filter = QuestionFilter.Of(links.Asked);
        return ViewAnswer.Page(request, QuestionsPage.Write(links, run, filter, filter.Apply(run, all), all));
    });

    [Function(nameof(ViewQuestion))]
    public Task<IResult> ViewQuestion(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "view/runs/{id}/questions/{index}")] HttpRequest request,
        string id,
        string index,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => ViewAnswer.GuardAsync(request, async () =>
    {
        if (await FindAsync(client, id, cancellationToken) is not var (run, all))
            return ViewAnswer.NoRun(request, id);
        var links = new ViewLinks(request);
        var wayBack = Html.Of($"<a href='{links.Questions(id)}'>All questions of the run</a>");
        if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var question) || question >= run.Questions.Count)
            return ViewAnswer.NotFound(request, $"Run {id} has questions 0 to {run.Questions.Count - 1}, no question \u201C{index}\u201D.", wayBack);
        // "of" names the model that is shown; "model" is part of the filter that previous and next follow.
        var name = links.Asked("of") ?? links.Asked("model") ?? run.Spec.AnsweringModels[0].Name;
        if (run.Spec.AnsweringModels.All(model => model.Name != name))
            return ViewAnswer.NotFound(request, $"Run {id} has no model \u201C{name}\u201D.", wayBack);
        var shown = await ShownQuestion.ReadAsync(store.Parts, run, question, run.ModelIndex(name), cancellationToken);
        var (beside, missing) = await BesideAsync(links, run, shown, cancellationToken);
        if (missing is not null)
            return ViewAnswer.NotFound(request, missing, wayBack);
        var filter = QuestionFilter.Of(links.Asked);
        var neighbours = new Neighbours(
            filter, ListPlace.Of(filter.Apply(run, all), question, name), ("with", links.Asked(ComparedWith.Model)), ("in", links.Asked(ComparedWith.Run)));
        return ViewAnswer.Page(request, QuestionPage.Write(links, shown, beside, neighbours));
    });

    /// <returns>What the address asks to be shown beside the answer, or why there is no such thing.</returns>
    private async Task<(ShownQuestion? Beside, string? Missing)> BesideAsync(
        ViewLinks links, FrozenRun run, ShownQuestion shown, CancellationToken cancellationToken)
    {
        var (model, other) = (links.Asked(ComparedWith.Model), links.Asked(ComparedWith.Run));
        if (model is null && other is null)
            return (null, null);
        var found = other is null ? run : ViewAnswer.IsRunId(other) ? await runs.FindLastAsync(other, cancellationToken) : null;
        if (found is null)
            return (null, $"There is no run \u201C{other}\u201D.");
        model ??= shown.ModelName;
        if (found.Spec.AnsweringModels.All(one => one.Name != model))
            return (null, $"Run {found.Spec.Run} has no model \u201C{model}\u201D.");
        var same = found.Questions.Index().FirstOrDefault(entry => entry.Item.Question.Id == shown.Frozen.Question.Id, (-1, null!));
        return same.Index < 0
            ? (null, $"Run {found.Spec.Run} does not have this question.")
            : (await ShownQuestion.ReadAsync(store.Parts, found, same.Index, found.ModelIndex(model), cancellationToken), null);
    }

    private async Task<(FrozenRun Run, IReadOnlyList<QuestionRow> Rows)?> FindAsync(
        DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        if (!ViewAnswer.IsRunId(id) || await runs.FindLastAsync(id, cancellationToken) is not { } run)
            return null;
        return (run, await rows.ReadAsync(client, run, cancellationToken));
    }
}
