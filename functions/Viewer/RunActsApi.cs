using ArenaBench.Functions.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Viewer;

/// <summary>The buttons of a run's page: what the HTTP API does, answered with the page.</summary>
public sealed class RunActsApi(RunControlsApi controls)
{
    [Function(nameof(ViewRunAct))]
    public Task<IResult> ViewRunAct(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "view/runs/{id}/do/{act}")] HttpRequest request,
        string id,
        string act,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => ViewAnswer.GuardAsync(request, async () =>
    {
        if (!SameOrigin.Is(request))
            return SameOrigin.Refused(request);
        var links = new ViewLinks(request);
        var done = act switch
        {
            RunAct.Suspend => await controls.SuspendRun(request, id, client, cancellationToken),
            RunAct.Resume => await controls.ResumeRun(request, id, client, cancellationToken),
            RunAct.Cancel => await controls.CancelRun(request, id, client, cancellationToken),
            RunAct.Retry => await controls.RetryRun(request, id, client, cancellationToken),
            _ => Refusal.NotFound($"Nothing is called \u201C{act}\u201D; a run can be suspended, resumed, cancelled and retried."),
        };
        if (done is not ProblemHttpResult refused)
            return ViewAnswer.SeeOther(request, links.Run(id));
        var wayBack = ViewAnswer.IsRunId(id) ? links.Run(id) : links.Runs();
        return ViewAnswer.Page(
            request,
            new Page("Not done", Html.Of($"<h1>Not done</h1><p class='problem'>{refused.ProblemDetails.Detail}</p><p><a href='{wayBack}'>Back</a></p>")),
            refused.StatusCode);
    });
}
