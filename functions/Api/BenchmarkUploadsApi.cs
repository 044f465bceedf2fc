using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.Functions.Api;

/// <summary>Takes benchmarks in, as archives or file by file: each upload is checked whole, and stored or refused whole.</summary>
public sealed class BenchmarkUploadsApi(ArenaContainer store)
{
    /// <summary>Takes a zip or tar.gz of a benchmark's folder. Records that are there already stay; the same question's are replaced.</summary>
    [Function(nameof(PutBenchmark))]
    public Task<IResult> PutBenchmark(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "benchmarks/{bench}")] HttpRequest request,
        string bench,
        CancellationToken cancellationToken) =>
        TakeAsync(request, bench, "a zip or tar.gz of a benchmark's folder", async body =>
        {
            var tree = await BenchmarkArchive.ReadAsync(body, ArchiveLimits.Default, cancellationToken);
            return await BenchmarkImport.ReadAsync(tree, bench, tree.PlaceOf(bench), cancellationToken: cancellationToken);
        }, cancellationToken);

    /// <summary>Takes one file; the benchmark is checked as it will be with it. A question.jsonl makes a benchmark where there is none.</summary>
    [Function(nameof(PutBenchmarkFile))]
    public Task<IResult> PutBenchmarkFile(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "benchmarks/{bench}/files/{*path}")] HttpRequest request,
        string bench,
        string path,
        CancellationToken cancellationToken) =>
        TakeAsync(request, bench, "a file of a benchmark", body =>
            new ReplacedFileTree(store.Files, $"{BlobPaths.OfBenchmark(bench)}/", path, body).ReadAsync(bench, cancellationToken), cancellationToken);

    private async Task<IResult> TakeAsync(
        HttpRequest request, string bench, string wanted, Func<byte[], Task<BenchmarkImport>> read, CancellationToken cancellationToken)
    {
        try
        {
            BenchmarkName.Checked(bench);
            var import = await read(await RequestBody.ReadBytesAsync(request, RequestBody.ArchiveLimit, wanted, cancellationToken));
            await new BenchmarkImporter(store).WriteAsync(import, cancellationToken);
            return Results.Json(ImportedBenchmark.Of(import), JsonFiles.Options);
        }
        catch (ProblemException refused)
        {
            return Refusal.Of(refused, "The benchmark was refused whole; nothing was stored.");
        }
        catch (Exception tooLarge) when (tooLarge is BodyTooLargeException or ArchiveTooLargeException)
        {
            return Refusal.TooLarge(tooLarge.Message);
        }
    }
}
