using System.Runtime.CompilerServices;

namespace ArenaBench.Core.Storage;

/// <summary>Reads the next few while one is used: the storage answers in milliseconds, and many files are read one after the other.</summary>
internal static class ReadAhead
{
    private const int AtOnce = 8;

    /// <summary>In the order of <paramref name="items"/>.</summary>
    public static async IAsyncEnumerable<TRead> ReadAheadAsync<TItem, TRead>(
        this IEnumerable<TItem> items, Func<TItem, Task<TRead>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ahead = new Queue<Task<TRead>>();
        foreach (var item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ahead.Enqueue(read(item));
            if (ahead.Count == AtOnce)
                yield return await ahead.Dequeue();
        }

        while (ahead.TryDequeue(out var next))
            yield return await next;
    }
}
