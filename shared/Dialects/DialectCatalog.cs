namespace ArenaBench.Core.Dialects;

/// <summary>The dialects there are.</summary>
public static class DialectCatalog
{
    public static Dialect V1 { get; } = new V1Dialect();

    public static Dialect V01 { get; } = new V01Dialect();

    public static Dialect V20 { get; } = new V20Dialect();

    public static IReadOnlyList<Dialect> All { get; } = [V1, V01, V20];

    /// <exception cref="ArgumentException">No such dialect; names those that exist.</exception>
    public static Dialect Get(string name) => Find(name) ?? throw new ArgumentException(
        $"There is no dialect \"{name}\"; there are {string.Join(", ", All.Select(d => d.Name))}.", nameof(name));

    public static Dialect? Find(string name) => All.FirstOrDefault(d => d.Name == name);
}
