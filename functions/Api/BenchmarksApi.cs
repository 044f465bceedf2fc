using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Api;

/// <summary>Benchmarks of the store: listed, packed, deleted when unused.</summary>
public sealed class BenchmarksApi(BenchmarkCatalog benchmarks, RunCatalog runs, ArenaContainer store)
{
    [Function(nameof(ListBenchmarks))]
    public async Task<IResult> ListBenchmarks(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "benchmarks")] HttpRequest request, CancellationToken cancellationToken)
    {
        var list = new List<BenchmarkSummary>();
        foreach (var name in await benchmarks.ListAsync(cancellationToken))
        {
            try
            {
                if (await benchmarks.FindAsync(name, cancellationToken) is { } benchmark)
                    list.Add(BenchmarkSummary.Of(benchmark));
            }
            catch (ProblemException broken)
            {
                list.Add(BenchmarkSummary.Broken(name, broken));
            }
        }

        return Results.Json(new BenchmarkList(list), JsonFiles.Options);
    }

    [Function(nameof(GetBenchmark))]
    public async Task<IResult> GetBenchmark(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "benchmarks/{bench}")] HttpRequest request,
        string bench,
        CancellationToken cancellationToken)
    {
        try
        {
            return await benchmarks.FindAsync(bench, cancellationToken) is { } benchmark
                ? Results.Json(BenchmarkDetail.Of(benchmark, await store.Canonical.ListAnsweredAsync(bench, cancellationToken)), JsonFiles.Options)
                : NotThere(bench);
        }
        catch (ProblemException broken)
        {
            return Refusal.Conflict($"Benchmark {bench} is stored and cannot be read; import it again.\n{string.Join('\n', broken.Problems)}");
        }
    }

    /// <summary>The folder as a zip: configuration, questions, and all canonical records in the published form.</summary>
    [Function(nameof(GetBenchmarkArchive))]
    public async Task<IResult> GetBenchmarkArchive(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "benchmarks/{bench}/archive")] HttpRequest request,
        string bench,
        CancellationToken cancellationToken)
    {
        if (!(await benchmarks.ListAsync(cancellationToken)).Contains(bench))
            return NotThere(bench);
        return await ZipAnswer.OfAsync($"{bench}.zip", target => new StoredBenchmarks(store).PackAsync(bench, target, cancellationToken));
    }

    [Function(nameof(DeleteBenchmark))]
    public async Task<IResult> DeleteBenchmark(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "benchmarks/{bench}")] HttpRequest request,
        string bench,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (!(await benchmarks.ListAsync(cancellationToken)).Contains(bench))
            return NotThere(bench);
        if (await UserOfAsync(bench, client, cancellationToken) is { } run)
            return Refusal.Conflict($"Run {run} uses benchmark {bench} and has not ended. Wait for it, or cancel it: POST /api/runs/{run}/cancel");
        await new StoredBenchmarks(store).DeleteAsync(bench, cancellationToken);
        return Results.NoContent();
    }

    private async Task<string?> UserOfAsync(string bench, DurableTaskClient client, CancellationToken cancellationToken)
    {
        await foreach (var run in store.Runs.ListAsync(cancellationToken))
        {
            if (await client.GetInstanceAsync(run, cancellationToken) is { IsCompleted: false }
                && (await runs.GetLastAsync(run, cancellationToken)).Spec.Benchmark == bench)
                return run;
        }

        return null;
    }

    private static IResult NotThere(string bench) => Refusal.NotFound($"There is no benchmark {bench}. GET /api/benchmarks lists them.");
}
