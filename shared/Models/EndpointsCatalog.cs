using ArenaBench.Core.Configuration;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Models;

/// <summary>The endpoint files of a store, <c>config/{name}</c>.</summary>
public sealed class EndpointsCatalog(ArenaContainer store)
{
    public const string Folder = "config/";
    public const string DefaultFile = "endpoints.yaml";

    /// <exception cref="ProblemException">The file is named and not there, or something in it is wrong.</exception>
    public async Task<Endpoints> ReadAsync(string? name, CancellationToken cancellationToken)
    {
        var path = Folder + (name ?? DefaultFile);
        if (name is not null && (name.Contains('/') || name.Contains("..", StringComparison.Ordinal)))
            throw new ProblemException(new Problem(path, null, null, "endpoints names a file directly below config/, such as endpoints.yaml"));
        if (await store.Files.ReadAsync(path, cancellationToken) is { } file)
            return EndpointsFile.Parse(file.Content.ToString(), path);
        return name is null
            ? EndpointsFile.Parse("", path)
            : throw new ProblemException(new Problem(path, null, null, "there is no such file; store it with: arena config put FILE"));
    }
}
