namespace ArenaBench.Signatures;

/// <summary>Types by full name, each a set of one-line facts: its kind, its base, its members.</summary>
public sealed class Surface
{
    private const string Indent = "  ";
    private readonly SortedDictionary<string, SortedSet<string>> types = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, SortedSet<string>> Types => types;

    public void Add(string type, IEnumerable<string> facts)
    {
        if (!types.TryGetValue(type, out var set))
            types[type] = set = new SortedSet<string>(StringComparer.Ordinal);
        set.UnionWith(facts);
    }

    public void Add(Surface other)
    {
        foreach (var (type, facts) in other.types) Add(type, facts);
    }

    /// <summary>What both surfaces say: members that every pinned version has.</summary>
    public Surface Intersect(Surface other)
    {
        var common = new Surface();
        foreach (var (type, facts) in types)
            if (other.types.TryGetValue(type, out var others))
                common.Add(type, facts.Intersect(others, StringComparer.Ordinal));
        return common;
    }

    public Surface Where(Func<string, bool> keep)
    {
        var kept = new Surface();
        foreach (var (type, facts) in types)
            if (keep(type)) kept.Add(type, facts);
        return kept;
    }

    public void Write(TextWriter writer)
    {
        foreach (var (type, facts) in types)
        {
            writer.Write(type + "\n");
            foreach (var fact in facts) writer.Write(Indent + fact + "\n");
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote; lines that start with <c>#</c> are comments.</summary>
    public static Surface Parse(IEnumerable<string> lines)
    {
        var surface = new Surface();
        var type = "";
        foreach (var line in lines.Where(l => l.Length > 0 && l[0] != '#'))
            if (line.StartsWith(Indent, StringComparison.Ordinal)) surface.Add(type, [line[Indent.Length..]]);
            else surface.Add(type = line, []);
        return surface;
    }
}
