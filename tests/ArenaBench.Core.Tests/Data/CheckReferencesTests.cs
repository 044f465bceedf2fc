using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ArenaBench.Core.Tests.Data;

/// <summary>Runs the script that computes the references' results again.</summary>
public sealed class CheckReferencesTests
{
    private static readonly string Script = ShippedData.File(ShippedData.Mini, "check_references.py");

    [Fact]
    public async Task Script_FindsEveryReferenceRight()
    {
        var (exitCode, output, errors) = await RunOrSkipAsync(Script);

        Assert.True(exitCode == 0, errors);
        Assert.Equal("62 checked, 4 argued", output.Trim());
    }

    [Fact]
    public async Task Script_NoticesAWrongReference()
    {
        using var copy = new Testing.TempFolder("arenabench-references");
        CopyFolder(ShippedData.File(ShippedData.Mini), copy.Path);
        var references = copy.File("reference_answer", "arena-mini-reference.jsonl");
        var text = await File.ReadAllTextAsync(references, TestContext.Current.CancellationToken);
        Assert.Contains("**2860.**", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(references, text.Replace("**2860.**", "**2816.**", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var (exitCode, output, errors) = await RunOrSkipAsync(copy.File("check_references.py"), "math-09", "math-10");

        Assert.Equal(1, exitCode);
        Assert.Contains("math-10: computed '**2860.**', not in the answer to turn 1", errors, StringComparison.Ordinal);
        Assert.Equal("1 checked, 0 argued", output.Trim());
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunOrSkipAsync(string script, params string[] questions)
    {
        foreach (var python in new[] { "python3", "python" })
        {
            var start = new ProcessStartInfo(python, [script, .. questions])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
            };
            start.Environment["PYTHONUTF8"] = "1";
            start.Environment.Remove("PYTHONOPTIMIZE");
            try
            {
                using var process = Process.Start(start)!;
                var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
                var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
                return (process.ExitCode, await output, await errors);
            }
            catch (Win32Exception)
            {
                // Not installed under this name.
            }
        }
        Assert.Skip("Python 3 is not installed: the references of arena-mini are not checked.");
        return default;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
