using System.Text.Json;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Viewer;

/// <summary>Runs and leaderboards as pages. docs/viewer.md shows them.</summary>
public sealed class ViewerApi(RunCatalog runs, RunScoring scoring, ArenaContainer store, RunPace pace, TimeProvider time)
{
    [Function(nameof(ViewRuns))]
    public Task<IResult> ViewRuns(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "view")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => ViewAnswer.GuardAsync(request, async () =>
    {
        var list = new List<RunSummary>();
        await foreach (var run in store.Runs.ListAsync(cancellationToken))
        {
            if (await client.GetInstanceAsync(run, getInputsAndOutputs: true, cancellationToken) is { } instance)
                list.Add(RunSummary.Of(instance));
        }

        var number = PageNumber.Of(new ViewLinks(request), list.Count, RunsPage.Size);
        var listed = new List<ListedRun>();
        foreach (var run in list.OrderByDescending(run => run.Created).ThenBy(run => run.Id, StringComparer.Ordinal).Skip(number.First).Take(RunsPage.Size))
            listed.Add(new ListedRun(run, await SpecAsync(run.Id, cancellationToken)));
        return ViewAnswer.Page(request, RunsPage.Write(new ViewLinks(request), listed, number));
    });

    [Function(nameof(ViewRun))]
    public Task<IResult> ViewRun(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "view/runs/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => ViewAnswer.GuardAsync(request, async () =>
    {
        if (!ViewAnswer.IsRunId(id) || await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) is not { } instance)
            return ViewAnswer.NoRun(request, id);
        var detail = await RunDetail.ReadAsync(client, runs, instance, cancellationToken);
        return ViewAnswer.Page(request, RunPage.Write(new ViewLinks(request), detail, pace.Of(detail), instance.IsCompleted, time.GetUtcNow()));
    });

    [Function(nameof(ViewLeaderboard))]
    public Task<IResult> ViewLeaderboard(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "view/runs/{id}/leaderboard")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => ViewAnswer.GuardAsync(request, async () =>
    {
        if (!ViewAnswer.IsRunId(id) || await runs.FindLastAsync(id, cancellationToken) is not { } run)
            return ViewAnswer.NoRun(request, id);
        var links = new ViewLinks(request);
        var wayBack = Html.Of($"<a href='{links.Leaderboard(id)}'>The leaderboard as the run made it</a>");
        if (run.Plan is null)
            return ViewAnswer.NotFound(request, $"Run {id} has not been planned yet: it has no records.", Html.Of($"<a href='{links.Run(id)}'>Its progress</a>"));
        try
        {
            var (leaderboard, isFinal) = await LeaderboardAsync(client, run, links.Query, cancellationToken);
            return ViewAnswer.Page(request, LeaderboardPage.Write(links, run, leaderboard, isFinal));
        }
        catch (ProblemException refused)
        {
            return ViewAnswer.Refused(request, refused, wayBack);
        }
        catch (ArgumentException refused)
        {
            return ViewAnswer.Refused(request, new ProblemException(new Problem(null, null, null, refused.Message)), wayBack);
        }
    });

    /// <summary>As the run wrote it, unless other options are asked for, or it is still going.</summary>
    private async Task<(Leaderboard Leaderboard, bool IsFinal)> LeaderboardAsync(
        DurableTaskClient client, FrozenRun run, IReadOnlyList<(string, string)> options, CancellationToken cancellationToken)
    {
        var isComplete = await client.IsCompleteAsync(run, cancellationToken);
        var written = await store.Runs.ReadAsync(run.Spec.Run, RunFiles.LeaderboardJson, cancellationToken);
        if (options.Count == 0 && written is not null && JsonSerializer.Deserialize<Leaderboard>(written, JsonFiles.Options) is { } leaderboard)
            return (leaderboard, true);
        LeaderboardOptions Choose(LeaderboardOptions defaults) => LeaderboardQuery.Parse(options, defaults);
        return isComplete
            ? (await scoring.ScoreCompleteAsync(run, Choose, cancellationToken), true)
            : (await scoring.ScoreAsync(run, Choose, cancellationToken), written is not null);
    }

    private async Task<RunSpec?> SpecAsync(string run, CancellationToken cancellationToken) =>
        await store.Runs.ReadAsync(run, RunFiles.Spec(1), cancellationToken) is { } content
            ? JsonSerializer.Deserialize<RunSpec>(content, JsonFiles.Options)
            : null;
}
