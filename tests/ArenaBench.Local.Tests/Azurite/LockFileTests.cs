using System.Text.Json;
using ArenaBench.Testing;

namespace ArenaBench.Local.Tests.Azurite;

public sealed class LockFileTests
{
    [Fact]
    public void LockFile_NamesNoRegistryHostAndPinsEveryPackage()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(RepoRoot.File("local", "ArenaBench.Azurite", "package-lock.json")));
        var packages = json.RootElement.GetProperty("packages").EnumerateObject()
            .Where(package => package.Name.StartsWith("node_modules/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(packages);
        foreach (var package in packages)
        {
            var isOurs = package.Value.TryGetProperty("link", out _);
            Assert.Equal(isOurs, package.Value.TryGetProperty("resolved", out _));
            Assert.True(isOurs || package.Value.TryGetProperty("integrity", out _), $"{package.Name} has no integrity hash");
        }
    }
}
