namespace ArenaBench.LocalRuntime.Engine;

/// <summary>The rules that hosted durable functions set for instance ids.</summary>
internal static class InstanceIds
{
    private const int MaxLength = 100;

    /// <exception cref="ArgumentException">The id breaks a rule.</exception>
    public static void Check(string id)
    {
        if (id.Length is 0 or > MaxLength)
            throw new ArgumentException($"An instance id has 1 to {MaxLength} characters; this one has {id.Length}.", nameof(id));
        if (id[0] == '@')
            throw new ArgumentException($"Instance id '{id}' begins with '@', which is reserved for entities.", nameof(id));
        if (id.AsSpan().IndexOfAny("/\\#?") >= 0 || id.Any(char.IsControl))
            throw new ArgumentException(
                "An instance id must not contain '/', '\\', '#', '?' or control characters.", nameof(id));
    }
}
