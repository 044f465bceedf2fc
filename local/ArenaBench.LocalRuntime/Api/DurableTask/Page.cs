namespace Microsoft.DurableTask;

/// <summary>Some results of a query, and where to go on.</summary>
public sealed class Page<T>
    where T : notnull
{
    public Page(IReadOnlyList<T> values, string? continuationToken = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        Values = values;
        ContinuationToken = continuationToken;
    }

    public IReadOnlyList<T> Values { get; }

    /// <summary>Null on the last page.</summary>
    public string? ContinuationToken { get; }
}
