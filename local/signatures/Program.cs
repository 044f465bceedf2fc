using ArenaBench.Signatures;

// usage: signatures OUTPUT --namespace NAME ... --source NAME@TAG=FOLDER[,FOLDER] ...
// The same NAME at several tags: only what all of these versions say is written.
if (args.Length < 3)
{
    Console.Error.WriteLine("usage: signatures OUTPUT --namespace NAME ... --source NAME@TAG=FOLDER[,FOLDER] ...");
    return 2;
}

var namespaces = Values("--namespace").ToHashSet(StringComparer.Ordinal);
var sources = Values("--source").Select(Source.Parse).ToList();
var published = new Surface();
foreach (var versions in sources.GroupBy(s => s.Name))
    published.Add(versions.Select(s => SurfaceReader.Read(s.Texts())).Aggregate((a, b) => a.Intersect(b)));

using var writer = new StreamWriter(args[0]) { NewLine = "\n" };
writer.WriteLine("# Public signatures of the published packages, read from their sources: names only.");
writer.WriteLine("# Written by local/signatures (see its README); not edited by hand.");
foreach (var source in sources) writer.WriteLine($"# {source.Name} {source.Tag}");
published.Where(Wanted).Write(writer);
return 0;

bool Wanted(string type) // a type of a wanted namespace, or nested in one
{
    var parent = type[..type.LastIndexOf('.')];
    return namespaces.Contains(parent) || (published.Types.ContainsKey(parent) && Wanted(parent));
}

IEnumerable<string> Values(string name) =>
    args.Skip(1).Zip(args.Skip(2)).Where(pair => pair.First == name).Select(pair => pair.Second);

internal sealed record Source(string Name, string Tag, IReadOnlyList<string> Folders)
{
    public static Source Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || equals < at)
            throw new ArgumentException($"'{text}' is not NAME@TAG=FOLDER[,FOLDER].");
        return new Source(text[..at], text[(at + 1)..equals], text[(equals + 1)..].Split(','));
    }

    public IEnumerable<string> Texts() => Folders
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
        .Select(File.ReadAllText);
}
