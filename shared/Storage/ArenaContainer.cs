using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ArenaBench.Core.Storage;

/// <summary>The container that holds everything: benchmarks, canonical records, runs, configuration. docs/formats.md shows its tree.</summary>
public sealed class ArenaContainer
{
    public const string DefaultName = "arenabench";

    private readonly BlobContainerClient _container;

    public ArenaContainer(BlobServiceClient account, PartsOptions? parts = null, TimeProvider? time = null, ILoggerFactory? logs = null, string name = DefaultName)
    {
        _container = account.GetBlobContainerClient(name);
        Files = new BlobTree(_container);
        Parts = new RunParts(_container, parts ?? new PartsOptions(), time ?? TimeProvider.System, (logs ?? NullLoggerFactory.Instance).CreateLogger<RunParts>());
        Canonical = new CanonicalStore(Files);
        Runs = new RunStore(Files, Parts);
        Index = new RunIndex(Runs);
        Claims = new ClaimStore(_container, Files);
    }

    /// <summary>Every file by path, for benchmarks and configuration.</summary>
    public BlobTree Files { get; }

    public RunParts Parts { get; }

    public CanonicalStore Canonical { get; }

    public RunStore Runs { get; }

    public RunIndex Index { get; }

    public ClaimStore Claims { get; }

    public Task EnsureAsync(CancellationToken cancellationToken) => _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
}
