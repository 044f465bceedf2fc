using System.Text.Json;
using ArenaBench.Core.Records;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ArenaBench.Core.Storage;

/// <summary>Who is paying for what: one small blob per claim, held by one run at a time.</summary>
public sealed class ClaimStore(BlobContainerClient container, BlobTree files)
{
    private const string Folder = "claims/";
    private const string RunKey = "run";
    private const int CurrentSchema = 1;
    private const int ReleasedAtOnce = 8;

    /// <returns>Null when the claim is now, or was already, the run's; else the run that holds it.</returns>
    public async Task<string?> TryClaimAsync(string claim, string run, CancellationToken cancellationToken)
    {
        while (!await WriteAsync(claim, run, ETag.All, cancellationToken))
        {
            if (await HolderAsync(claim, cancellationToken) is { } holder)
                return holder.Run == run ? null : holder.Run;
        }

        return null;
    }

    /// <summary>Gives a claim of a run that has ended to another. When somebody was quicker, nothing changes.</summary>
    public async Task TakeOverAsync(string claim, string from, string to, CancellationToken cancellationToken)
    {
        if (await HolderAsync(claim, cancellationToken) is { } holder && holder.Run == from)
            await WriteAsync(claim, to, holder.ETag, cancellationToken);
    }

    /// <summary>Runs that hold claims, and how many each.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountByRunAsync(CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        await foreach (var blob in files.ListBlobsAsync(Folder, cancellationToken, BlobTraits.Metadata))
        {
            if (blob.Metadata.TryGetValue(RunKey, out var holder))
                counts[holder] = counts.GetValueOrDefault(holder) + 1;
        }

        return counts;
    }

    public Task ReleaseAllAsync(string run, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        files.ListBlobsAsync(Folder, cancellationToken, BlobTraits.Metadata),
        new ParallelOptions { MaxDegreeOfParallelism = ReleasedAtOnce, CancellationToken = cancellationToken },
        async (blob, cancelled) =>
        {
            if (!blob.Metadata.TryGetValue(RunKey, out var holder) || holder != run)
                return;
            try
            {
                await container.GetBlobClient(blob.Name).DeleteIfExistsAsync(
                    conditions: new BlobRequestConditions { IfMatch = blob.Properties.ETag }, cancellationToken: cancelled);
            }
            catch (RequestFailedException changed) when (changed.Status is 404 or 412)
            {
                // Taken over meanwhile: no longer ours to release.
            }
        });

    private async Task<(string Run, ETag ETag)?> HolderAsync(string claim, CancellationToken cancellationToken)
    {
        if (await files.ReadAsync(PathOf(claim), cancellationToken) is not { } file)
            return null;
        try
        {
            if (JsonSerializer.Deserialize<Claim>(file.Content, JsonFiles.Options) is { Schema: <= CurrentSchema, Run: { } run })
                return (run, file.ETag);
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new InvalidDataException($"{files.Location}/{PathOf(claim)} is no claim of this version: delete it when no run is working.");
    }

    private async Task<bool> WriteAsync(string claim, string run, ETag onlyIf, CancellationToken cancellationToken)
    {
        var content = new BinaryData(JsonSerializer.SerializeToUtf8Bytes(new Claim(CurrentSchema, claim, run), JsonFiles.Options));
        return await files.WriteAsync(PathOf(claim), content, onlyIf, cancellationToken, new Dictionary<string, string> { [RunKey] = run }) is not null;
    }

    private static string PathOf(string claim) => $"{Folder}{BlobNames.Hash(claim)}.json";

    private sealed record Claim(int Schema, string What, string Run);
}
