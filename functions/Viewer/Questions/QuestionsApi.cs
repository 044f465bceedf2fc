using System.Globalization;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
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
        var filter = QuestionFilter.Of(links);
        return ViewAnswer.Page(request, QuestionsPage.Write(links, run, filter, filter.Apply(run, all), all.Count));
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
        var filter = QuestionFilter.Of(links);
        return ViewAnswer.Page(request, QuestionPage.Write(links, shown, Neighbours.Of(filter, filter.Apply(run, all), question, name)));
    });

    private async Task<(FrozenRun Run, IReadOnlyList<QuestionRow> Rows)?> FindAsync(
        DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        if (!ViewAnswer.IsRunId(id) || await runs.FindLastAsync(id, cancellationToken) is not { } run)
            return null;
        if (run.Plan is null)
            return (run, []);
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: false, cancellationToken);
        var isComplete = instance?.RuntimeStatus == OrchestrationRuntimeStatus.Completed;
        return (run, await rows.ReadAsync(run, isComplete, cancellationToken));
    }
}
