namespace ArenaBench.Azurite;

/// <summary>A place that one process holds at a time: a file open without sharing, which the system releases when its holder dies.</summary>
internal sealed class FileTurn : IAsyncDisposable
{
    private readonly FileStream _stream;

    private FileTurn(FileStream stream) => _stream = stream;

    public static async Task<FileTurn> TakeAsync(string path, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        while (true)
        {
            if (TryTake(path) is { } turn)
                return turn;
            try
            {
                await Task.Delay(100, limit.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new AzuriteException($"Another process holds {path} and does not let go of it. Stop that process, then run the command again.");
            }
        }
    }

    /// <returns>Null while another holds it.</returns>
    public static FileTurn? TryTake(string path)
    {
        try
        {
            return new FileTurn(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new AzuriteException($"{path} cannot be written: {e.Message}. Give another folder, or the right to write into this one.", e);
        }
        catch (DirectoryNotFoundException)
        {
            throw;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
