using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Models;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Viewer;

/// <summary>A new run from a form: what it would do and cost is shown before it is started.</summary>
public sealed class StartApi(BenchmarkCatalog benchmarks, EndpointsCatalog endpoints, ArenaContainer store, RunsApi runs)
{
    [Function(nameof(ViewStart))]
    public Task<IResult> ViewStart(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "view/start")] HttpRequest request,
        CancellationToken cancellationToken) => ViewAnswer.GuardAsync(request, async () =>
    {
        var links = new ViewLinks(request);
        var choices = await ChoicesAsync(links.Asked("benchmark"), null, cancellationToken);
        if (links.Asked("benchmark") is { } asked && choices.Benchmark is null && choices.Problems.Count == 0)
            return ViewAnswer.NotFound(request, $"There is no benchmark \u201C{asked}\u201D.", Html.Of($"<a href='{links.Start()}'>Choose another one</a>"));
        var form = StartForm.Of(
            choices.Benchmark?.Name, Known(choices.Benchmark?.Generation.ModelList), Known(choices.Benchmark?.Judging.JudgeModels));
        return ViewAnswer.Page(request, StartPage.Write(links, choices, form, null, []));

        IEnumerable<string> Known(IReadOnlyList<string>? named) => (named ?? []).Intersect(choices.Models);
    });

    /// <summary>Sent with <c>do=start</c> it starts the run, else it says what a run would do.</summary>
    [Function(nameof(ViewStartSent))]
    public Task<IResult> ViewStartSent(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "view/start")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => ViewAnswer.GuardAsync(request, async () =>
    {
        if (!SameOrigin.Is(request))
            return SameOrigin.Refused(request);
        if (!request.HasFormContentType || request.ContentLength > RequestBody.RunLimit)
            return ViewAnswer.NotFound(request, "This page takes its own form.", Html.Of($"<a href='{new ViewLinks(request).Start()}'>The form</a>"));
        var sent = await request.ReadFormAsync(cancellationToken);
        var form = StartForm.Of(sent);
        var links = new ViewLinks(request);
        var start = sent["do"] == "start";
        var answer = await runs.StartAsync(request, client, form.Request(dryRun: !start), cancellationToken);
        if (answer is IValueHttpResult { Value: AcceptedRun run })
            return ViewAnswer.SeeOther(request, links.Run(run.Id));
        var choices = await ChoicesAsync(form.Benchmark, form.Text("endpoints"), cancellationToken);
        var page = StartPage.Write(links, choices, form, (answer as IValueHttpResult)?.Value as RunPreview, ProblemsOf(answer));
        // An estimate that says what is missing is an answer; a run that was not started is a refusal.
        return ViewAnswer.Page(request, page, start && answer is ProblemHttpResult refused ? refused.StatusCode : StatusCodes.Status200OK);
    });

    private static IReadOnlyList<string> ProblemsOf(IResult answer) => answer is ProblemHttpResult { ProblemDetails: var details }
        ? [.. (details.Detail ?? details.Title ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(WithoutPlace)]
        : [];

    /// <summary>Places are those of a body that nobody wrote.</summary>
    private static string WithoutPlace(string problem)
    {
        const string Place = "the request body:";
        if (!problem.StartsWith(Place, StringComparison.Ordinal))
            return problem;
        var end = problem.IndexOf(": ", StringComparison.Ordinal);
        return end < 0 ? problem : problem[(end + 2)..];
    }

    private async Task<StartChoices> ChoicesAsync(string? name, string? endpointsFile, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var names = await benchmarks.ListAsync(cancellationToken);
        Benchmark? benchmark = null;
        IReadOnlyList<string> models = [];
        try
        {
            if ((name ?? (names.Count == 1 ? names[0] : null)) is { } chosen)
                benchmark = await benchmarks.FindAsync(chosen, cancellationToken);
        }
        catch (ProblemException broken)
        {
            problems.AddRange(broken.Problems.Select(problem => problem.ToString()));
        }

        try
        {
            models = (await endpoints.ReadAsync(endpointsFile, cancellationToken)).Names;
        }
        catch (ProblemException broken)
        {
            problems.AddRange(broken.Problems.Select(problem => problem.ToString()));
        }

        var files = new List<string>();
        await foreach (var file in store.Files.ListAsync(EndpointsCatalog.Folder, cancellationToken))
            files.Add(file[EndpointsCatalog.Folder.Length..]);
        var answered = benchmark is null ? [] : await store.Canonical.ListAnsweredAsync(benchmark.Name, cancellationToken);
        return new StartChoices(names, benchmark, models, answered, files, problems);
    }
}

/// <summary>What the form offers.</summary>
/// <param name="Models">Of the endpoints file.</param>
/// <param name="Answered">Models that have answers, so that they can be judged without being asked.</param>
/// <param name="EndpointFiles">Under <c>config/</c>.</param>
/// <param name="Problems">Why the benchmark or the endpoints file cannot be read.</param>
internal sealed record StartChoices(
    IReadOnlyList<string> Benchmarks, Benchmark? Benchmark, IReadOnlyList<string> Models, IReadOnlyList<string> Answered,
    IReadOnlyList<string> EndpointFiles, IReadOnlyList<string> Problems);
