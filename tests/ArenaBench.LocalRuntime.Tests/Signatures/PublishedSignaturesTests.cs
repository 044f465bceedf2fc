using ArenaBench.Signatures;
using ArenaBench.Testing;

namespace ArenaBench.LocalRuntime.Tests.Signatures;

public sealed class PublishedSignaturesTests
{
    [Fact]
    public void EveryDeclaredMember_IsPublished()
    {
        var published = Surface.Parse(File.ReadLines(RepoRoot.File("local", "signatures", "published-signatures.txt")));

        var differences = SurfaceComparison.Differences(Declared(), published);

        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    [Fact]
    public void ReadingOurSources_AndReflectingOurAssembly_SayTheSame()
    {
        var folder = RepoRoot.File("local", "ArenaBench.LocalRuntime", "Api");
        var read = SurfaceReader.Read(Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        var differences = SurfaceComparison.Differences(Declared(), read)
            .Concat(SurfaceComparison.Differences(read, Declared())).ToList();

        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    private static Surface Declared() => ReflectedSurface.Of(
        typeof(Microsoft.Azure.Functions.Worker.FunctionAttribute).Assembly,
        type => type.Namespace?.StartsWith("ArenaBench.", StringComparison.Ordinal) == false);
}
