namespace ArenaBench.LocalRuntime.Engine;

/// <summary>A piece of a log in storage. A sealed one holds a whole ended generation and its summary.</summary>
internal sealed record LogInfo(LogKey Key, long Length, bool Sealed, string? Summary);

/// <summary>
/// Where instances' logs are kept: segments that are appended to at a known position, and sealed logs that replace
/// the segments of an ended generation.
/// </summary>
internal interface IHistoryLog
{
    /// <summary>All pieces of all logs, in no order.</summary>
    Task<IReadOnlyList<LogInfo>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The content of a segment, or null when there is none.</summary>
    Task<ReadOnlyMemory<byte>?> ReadAsync(LogKey key, CancellationToken cancellationToken);

    /// <summary>The content of a sealed generation, or null when there is none.</summary>
    Task<ReadOnlyMemory<byte>?> ReadSealedAsync(string instanceId, int generation, CancellationToken cancellationToken);

    /// <summary>
    /// Appends a block, whole or not at all; position 0 makes the segment. To append the same block at the same place
    /// again, after an attempt whose outcome is unknown, does no harm.
    /// </summary>
    /// <exception cref="LogConflictException">The segment does not end at that position.</exception>
    /// <exception cref="StorageUnavailableException">Nothing is known; try again.</exception>
    /// <exception cref="StorageLostException">The storage process is gone and may come back with older content.</exception>
    Task AppendAsync(LogKey key, long position, ReadOnlyMemory<byte> block, CancellationToken cancellationToken);

    /// <summary>Writes the sealed log of a generation in one step, replacing an earlier one.</summary>
    Task SealAsync(
        string instanceId, int generation, ReadOnlyMemory<byte> content, string summary,
        CancellationToken cancellationToken);

    /// <summary>Deletes a segment, or a sealed log when <paramref name="isSealed"/>; nothing to delete is no error.</summary>
    Task DeleteAsync(LogKey key, bool isSealed, CancellationToken cancellationToken);

    /// <summary>What a person would look for: the blob's name.</summary>
    string Place(LogKey key, bool isSealed);
}

/// <summary>A log in storage is not as this process left it.</summary>
internal sealed class LogConflictException(string message) : Exception(message);

/// <summary>The storage did not answer, or not well; the same request may succeed later.</summary>
internal sealed class StorageUnavailableException(string message, Exception inner) : Exception(message, inner);

/// <summary>A storage process on this machine is gone. Azurite, when killed, forgets its last seconds.</summary>
internal sealed class StorageLostException(string message, Exception? inner) : Exception(message, inner);
