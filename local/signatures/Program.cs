using ArenaBench.Signatures;

// Reads the public signatures of the pinned sources and writes those of the wanted namespaces.
if (args is not [var folder, var output])
{
    Console.Error.WriteLine("usage: signatures FOLDER OUTPUT, where FOLDER holds checkouts of the published sources; local/signatures/README.md says how to get them");
    return 2;
}

if (PinnedSource.All.Where(source => !source.IsIn(folder)).ToList() is { Count: > 0 } missing)
{
    Console.Error.WriteLine($"Sources are missing in {folder}. To get them, type there:");
    foreach (var source in missing)
        Console.Error.WriteLine(source.HowToGetIt);
    return 2;
}

var published = new Surface();
foreach (var versions in PinnedSource.All.GroupBy(source => source.Name))
    published.Add(versions.Select(source => SurfaceReader.Read(source.Texts(folder))).Aggregate((a, b) => a.Intersect(b)));

using var writer = new StreamWriter(output) { NewLine = "\n" };
writer.WriteLine("# Public signatures of the published packages, read from their sources: names only.");
writer.WriteLine("# Written by local/signatures (see its README); not edited by hand.");
foreach (var source in PinnedSource.All)
    writer.WriteLine($"# {source.Name} {source.Tag}");
published.Where(Wanted).Write(writer);
return 0;

bool Wanted(string type) // a type of a wanted namespace, or nested in one
{
    var parent = type[..type.LastIndexOf('.')];
    return PinnedSource.Namespaces.Contains(parent) || (published.Types.ContainsKey(parent) && Wanted(parent));
}
