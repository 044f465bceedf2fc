namespace ArenaBench.Core.Storage;

/// <summary>Files by relative path with <c>/</c>: a blob container, or a plain folder in the published layout.</summary>
public interface IFileTree
{
    /// <summary>For messages: the container's URL without its query, or the folder's path.</summary>
    string Location { get; }

    /// <summary>Paths below <paramref name="prefix"/>, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <returns>Null when there is no such file.</returns>
    Task<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken);
}
