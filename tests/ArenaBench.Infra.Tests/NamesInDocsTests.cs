using System.Text.RegularExpressions;
using ArenaBench.Testing;

namespace ArenaBench.Infra.Tests;

/// <summary>Every output, setting, role and file that the documentation names is there; every one that is there is documented.</summary>
public sealed partial class NamesInDocsTests
{
    private static readonly string Readme = File.ReadAllText(RepoRoot.File("infra", "README.md"));

    [Fact]
    public void Outputs_AreThoseOfTheTemplate()
    {
        var outputs = OutputName().Matches(File.ReadAllText(RepoRoot.File("infra", "main.bicep"))).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal).ToArray();
        var section = Readme[Readme.IndexOf("## Outputs", StringComparison.Ordinal)..Readme.IndexOf("## From GitHub", StringComparison.Ordinal)];

        Assert.Equal(outputs, Upper().Matches(section).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
        var used = Variable().Matches(Readme).Select(match => match.Groups[1].Value).Distinct().Except(["KEY", "ARENABENCH_KEY"]);
        Assert.Empty(used.Except(outputs));
    }

    [Fact]
    public void Settings_AreThoseThatTheParametersRead()
    {
        var read = EnvironmentName().Matches(File.ReadAllText(RepoRoot.File("infra", "main.bicepparam"))).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
        var section = Readme[Readme.IndexOf("## Settings", StringComparison.Ordinal)..Readme.IndexOf("## Which backend", StringComparison.Ordinal)];

        Assert.Equal(read, TableName().Matches(section).SelectMany(row => Upper().Matches(row.Value)).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryLinkedFile_IsThere()
    {
        string[] documents = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "infra/README.md", .. Directory.GetFiles(RepoRoot.File("docs"), "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(RepoRoot.Path, file))];
        foreach (var document in documents)
        {
            var folder = Path.GetDirectoryName(RepoRoot.File(document))!;
            foreach (Match link in Link().Matches(File.ReadAllText(RepoRoot.File(document))))
            {
                var target = link.Groups[1].Value.Split('#')[0];
                if (target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
                    Assert.True(Path.Exists(Path.Combine(folder, target)), $"{document} links to {target}, which is not there");
            }
        }
    }

    [Fact]
    public void EverySettingNamedInTheDocs_IsReadByTheCode()
    {
        var code = string.Concat(new[] { "functions", "shared", "cli", "local", "infra", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(RepoRoot.File(folder), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".bicep" or ".bicepparam" && !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        foreach (var document in Directory.GetFiles(RepoRoot.File("docs"), "*.md").Append(RepoRoot.File("infra", "README.md")))
        {
            foreach (Match setting in AppSetting().Matches(File.ReadAllText(document)))
            {
                var name = setting.Groups[1].Value;
                Assert.True(
                    code.Contains(name, StringComparison.Ordinal) || code.Contains(name.Replace("__", ":", StringComparison.Ordinal), StringComparison.Ordinal),
                    $"{Path.GetFileName(document)} names the setting {name}, which nothing reads");
            }
        }
    }

    [GeneratedRegex("^output ([A-Z_]+) ", RegexOptions.Multiline)]
    private static partial Regex OutputName();

    [GeneratedRegex("`([A-Z][A-Z_]{4,})`")]
    private static partial Regex Upper();

    [GeneratedRegex(@"\$([A-Z][A-Z_]{2,})")]
    private static partial Regex Variable();

    [GeneratedRegex(@"readEnvironmentVariable\('([A-Z_]+)'")]
    private static partial Regex EnvironmentName();

    [GeneratedRegex(@"^\| (`[A-Z_]+`(, `[A-Z_]+`)*) \|", RegexOptions.Multiline)]
    private static partial Regex TableName();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`((?:ArenaBench__|AzureWebJobsStorage__)[A-Za-z_]+)`")]
    private static partial Regex AppSetting();
}
