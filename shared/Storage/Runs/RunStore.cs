using Azure;

namespace ArenaBench.Core.Storage;

/// <summary>The files of runs, <c>runs/{run}/…</c>, but for their parts.</summary>
public sealed class RunStore(BlobTree files, RunParts parts)
{
    private const int DeletedAtOnce = 8;

    public async Task<BinaryData?> ReadAsync(string run, string file, CancellationToken cancellationToken) =>
        (await ReadStoredAsync(run, file, cancellationToken))?.Content;

    /// <inheritdoc cref="BlobTree.ReadAsync"/>
    public Task<StoredFile?> ReadStoredAsync(string run, string file, CancellationToken cancellationToken) =>
        files.ReadAsync(RunPaths.Folder(run) + file, cancellationToken);

    /// <returns>Null when the file exists already, with other content, and <paramref name="createOnly"/> is set.</returns>
    public Task<ETag?> WriteAsync(string run, string file, BinaryData content, bool createOnly, CancellationToken cancellationToken) =>
        files.WriteAsync(RunPaths.Folder(run) + file, content, createOnly ? ETag.All : null, cancellationToken);

    /// <summary>Ids, in ordinal order.</summary>
    public IAsyncEnumerable<string> ListAsync(CancellationToken cancellationToken) => files.ListFoldersAsync(RunPaths.Root, cancellationToken);

    /// <summary>When any file of a run was written last; null when it has none.</summary>
    public async Task<DateTimeOffset?> LastChangedAsync(string run, CancellationToken cancellationToken)
    {
        DateTimeOffset? last = null;
        await foreach (var blob in files.ListBlobsAsync(RunPaths.Folder(run), cancellationToken))
        {
            if (last is null || blob.Properties.LastModified > last)
                last = blob.Properties.LastModified;
        }

        return last;
    }

    /// <summary>Deletes a run that has ended. What says that it ended goes first and what says that there is a run goes last, so that
    /// a deletion cut short leaves no run that looks whole, and can be repeated.</summary>
    public async Task DeleteAsync(string run, CancellationToken cancellationToken)
    {
        var folder = RunPaths.Folder(run);
        parts.Forget(run);
        var paths = new List<string>();
        await foreach (var path in files.ListAsync(folder, cancellationToken))
            paths.Add(path);
        foreach (var stage in paths.GroupBy(path => StageOf(path[folder.Length..])).OrderBy(stage => stage.Key))
        {
            await Parallel.ForEachAsync(
                stage,
                new ParallelOptions { MaxDegreeOfParallelism = DeletedAtOnce, CancellationToken = cancellationToken },
                async (path, cancelled) => await files.DeleteAsync(path, cancelled));
        }
    }

    private static int StageOf(string file) =>
        file.StartsWith("spec", StringComparison.Ordinal) ? 2 : file.Contains('/') ? 1 : 0;
}
