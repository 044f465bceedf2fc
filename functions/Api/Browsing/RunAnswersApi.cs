using System.Globalization;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Browsing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Api;

/// <summary>A run's answers and judgments, filtered and paged here: what the pages show, for programs.</summary>
public sealed class RunAnswersApi(RunCatalog runs, RunRows rows, ArenaContainer store)
{
    [Function(nameof(ListAnswers))]
    public Task<IResult> ListAnswers(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs/{id}/questions")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => OfRunAsync(id, async run =>
    {
        var query = new BrowsingQuery(request, [.. BrowsingQuery.FilterNames, .. BrowsingQuery.PageNames]);
        var filter = query.Filter(run);
        var all = await rows.ReadAsync(client, run, cancellationToken);
        var found = filter.Apply(run, all);
        var (page, pages, size, part) = query.PageOf(found);
        query.Check();
        return Results.Json(
            new AnswerList(id, found.Count, all.Count, page, pages, size, [.. part.Select(row => ListedAnswer.Of(run, row))]), JsonFiles.Options);
    }, cancellationToken);

    [Function(nameof(GetAnswer))]
    public Task<IResult> GetAnswer(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs/{id}/questions/{index}")] HttpRequest request,
        string id,
        string index,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => OfRunAsync(id, async run =>
    {
        if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var question) || question >= run.Questions.Count)
            return Refusal.NotFound($"Run {id} has questions 0 to {run.Questions.Count - 1}, no question \"{index}\".");
        var query = new BrowsingQuery(request, ["of", .. BrowsingQuery.FilterNames]);
        var name = ModelOf(query, "of", run, query.Asked("model") ?? run.Spec.AnsweringModels[0].Name);
        var filter = query.Filter(run);
        query.Check();
        var shown = await ShownQuestion.ReadAsync(store.Parts, run, question, run.ModelIndex(name), cancellationToken);
        var at = ListPlace.Of(filter.Apply(run, await rows.ReadAsync(client, run, cancellationToken)), question, name);
        return Results.Json(AnswerDetail.Of(shown, at), JsonFiles.Options);
    }, cancellationToken);

    [Function(nameof(CompareAnswers))]
    public Task<IResult> CompareAnswers(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs/{id}/compare")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => OfRunAsync(id, async run =>
    {
        var query = new BrowsingQuery(request, ["of", ComparedWith.Model, ComparedWith.Run, "sort", .. BrowsingQuery.PageNames]);
        var other = run;
        if (query.Asked(ComparedWith.Run) is { } otherId)
        {
            if (!RunRequestReader.IsRunId(otherId) || await runs.FindLastAsync(otherId, cancellationToken) is not { } found)
                return Refusal.NoRun(otherId);
            other = found;
        }

        if (other.Spec.Judging.Mode != run.Spec.Judging.Mode)
            query.Refuse($"run {other.Spec.Run} is judged in another way than {id}: ratings and verdicts cannot be compared");
        var first = ModelOf(query, "of", run, run.Spec.AnsweringModels[0].Name);
        var second = ModelOf(query, ComparedWith.Model, other, other == run ? run.Spec.AnsweringModels[^1].Name : first);
        var sort = query.OneOf("sort", BrowsingQuery.Sorts);
        query.Check();
        var comparison = Comparison.Of(
            new Side(run, first, await rows.ReadAsync(client, run, cancellationToken)),
            new Side(other, second, await rows.ReadAsync(client, other, cancellationToken)));
        var (page, pages, size, part) = query.PageOf([.. comparison.Sorted(sort)]);
        query.Check();
        int Count(int sign) => comparison.Scored.Count(question => Math.Sign(question.Change!.Value) == sign);
        return Results.Json(
            new AnswerComparison(
                new ComparedSide(id, first), new ComparedSide(other.Spec.Run, second), Count(1), Count(-1), Count(0), page, pages, size,
                [.. part.Select(question => Compared(run, question))]),
            JsonFiles.Options);
    }, cancellationToken);

    private static ComparedAnswer Compared(FrozenRun run, ComparedQuestion question)
    {
        var asked = run.Questions[question.Question].Question;
        return new ComparedAnswer(question.Question, asked.Id, asked.Category, question.FirstValue, question.SecondValue, question.Change);
    }

    private static string ModelOf(BrowsingQuery query, string name, FrozenRun run, string usual) =>
        query.OneOf(name, [.. run.Spec.AnsweringModels.Select(model => model.Name)]) ?? usual;

    private async Task<IResult> OfRunAsync(string id, Func<FrozenRun, Task<IResult>> answer, CancellationToken cancellationToken)
    {
        if (!RunRequestReader.IsRunId(id) || await runs.FindLastAsync(id, cancellationToken) is not { } run)
            return Refusal.NoRun(id);
        try
        {
            return await answer(run);
        }
        catch (ProblemException refused)
        {
            return Refusal.Of(refused, "The query was not understood; nothing is shown.");
        }
    }
}
