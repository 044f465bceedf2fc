using System.Text.Json;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;

namespace ArenaBench.EndToEnd.Tests.Models;

/// <summary>What a run left in the store.</summary>
internal static class StoredRun
{
    /// <summary>Every line of its parts, as it is there: a key that was written twice comes twice.</summary>
    public static async Task<IReadOnlyList<RecordEnvelope>> LinesAsync(this ArenaContainer store, string run, CancellationToken cancellationToken)
    {
        var lines = new List<RecordEnvelope>();
        await foreach (var path in store.Files.ListAsync($"runs/{run}/parts/", cancellationToken))
        {
            var text = (await store.Files.ReadAsync(path, cancellationToken))!.Content.ToString();
            lines.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<RecordEnvelope>(line, JsonFiles.Options)!));
        }

        return lines;
    }

    public static async Task<RunManifest> ManifestAsync(this ArenaContainer store, string run, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<RunManifest>(await store.Runs.ReadAsync(run, RunFiles.Manifest, cancellationToken), JsonFiles.Options)!;

    public static async Task<IReadOnlyList<string>> QuestionsOfAsync(this ArenaContainer store, CanonicalFile file, CancellationToken cancellationToken) =>
        await store.Files.ReadAsync(file.Path, cancellationToken) is { } found
            ? [.. found.Content.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("question_id").GetString()!)]
            : [];
}
