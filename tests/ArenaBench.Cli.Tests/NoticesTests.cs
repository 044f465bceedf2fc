using System.Text.Json;
using System.Xml.Linq;
using ArenaBench.Testing;

namespace ArenaBench.Cli.Tests;

public sealed class NoticesTests
{
    // They check the code while it is built, and are in no build.
    private static readonly string[] BuildOnly = ["Microsoft.CodeAnalysis.BannedApiAnalyzers"];

    [Fact]
    public void Notices_NameEveryPackageOfABuildWithItsLicenceAndNoOther()
    {
        // Lock files: everything that arrives with the local flavour. The Azure flavour's project: what it adds.
        var locked = new[] { "cli", "shared", "functions", "local" }
            .SelectMany(folder => Directory.EnumerateFiles(RepoRoot.File(folder), "packages.local.lock.json", SearchOption.AllDirectories))
            .SelectMany(file => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.GetProperty("dependencies").EnumerateObject())
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => package.Name);
        var referenced = XDocument.Load(RepoRoot.File("functions", "ArenaBench.Functions.csproj")).Descendants("PackageReference").Select(item => item.Attribute("Include")!.Value);
        // What the viewer's pages load.
        var npm = JsonDocument.Parse(File.ReadAllBytes(RepoRoot.File("functions", "Viewer", "Client", "package-lock.json"))).RootElement
            .GetProperty("packages").EnumerateObject()
            .Where(package => package.Name.Length > 0 && !package.Value.TryGetProperty("dev", out _))
            .Select(package => package.Name["node_modules/".Length..]);

        var listed = File.ReadLines(RepoRoot.File("THIRD-PARTY-NOTICES.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells is ["", not "package" and not "---", not "", not "", ""])
            .ToDictionary(cells => cells[1], cells => cells[2], StringComparer.Ordinal);

        Assert.Equal(locked.Concat(referenced).Concat(npm).Except(BuildOnly).Distinct().Order(StringComparer.Ordinal), listed.Keys.Order(StringComparer.Ordinal));
        Assert.All(listed.Values, licence => Assert.Contains(licence, (string[])["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD"]));
    }
}
