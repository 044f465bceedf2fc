using ArenaBench.Core.Runs;
using ArenaBench.Functions.Browsing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Viewer;

/// <summary>Two models of a run, or of two runs, as a page.</summary>
public sealed class CompareApi(RunCatalog runs, RunRows rows)
{
    [Function(nameof(ViewCompare))]
    public Task<IResult> ViewCompare(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "view/runs/{id}/compare")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => ViewAnswer.GuardAsync(request, async () =>
    {
        if (!ViewAnswer.IsRunId(id) || await runs.FindLastAsync(id, cancellationToken) is not { } run)
            return ViewAnswer.NoRun(request, id);
        var links = new ViewLinks(request);
        var models = run.Spec.AnsweringModels;
        var first = links.Asked("of") ?? models[0].Name;
        var otherRun = links.Asked(ComparedWith.Run);
        var second = links.Asked(ComparedWith.Model) ?? (otherRun is null && models.Count > 1 ? models.First(model => model.Name != first).Name : first);
        var (comparison, problem) = await CompareAsync(client, run, first, second, otherRun, cancellationToken);
        return ViewAnswer.Page(request, ComparePage.Write(links, run, first, second, otherRun, comparison, problem));
    });

    private async Task<(Comparison?, string? Problem)> CompareAsync(
        DurableTaskClient client, FrozenRun run, string first, string second, string? otherRun, CancellationToken cancellationToken)
    {
        var other = otherRun is null ? run : ViewAnswer.IsRunId(otherRun) ? await runs.FindLastAsync(otherRun, cancellationToken) : null;
        if (other is null)
            return (null, $"There is no run \u201C{otherRun}\u201D.");
        if (other.Spec.Judging.Mode != run.Spec.Judging.Mode)
            return (null, $"Run {other.Spec.Run} is judged in another way than {run.Spec.Run}: ratings and verdicts cannot be compared.");
        if (!Has(run, first))
            return (null, $"Run {run.Spec.Run} has no model \u201C{first}\u201D.");
        if (!Has(other, second))
            return (null, $"Run {other.Spec.Run} has no model \u201C{second}\u201D. It has {string.Join(", ", other.Spec.AnsweringModels.Select(model => model.Name))}.");
        return (Comparison.Of(
            new Side(run, first, await rows.ReadAsync(client, run, cancellationToken)),
            new Side(other, second, await rows.ReadAsync(client, other, cancellationToken))), null);
    }

    private static bool Has(FrozenRun run, string model) => run.Spec.AnsweringModels.Any(one => one.Name == model);
}
