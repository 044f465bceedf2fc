using System.ComponentModel;
using System.Diagnostics;

namespace ArenaBench.Azurite;

/// <summary>One finished run of a command-line tool.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    /// <summary>The last lines of what it said, for a message.</summary>
    public string Tail => string.Join(
        Environment.NewLine,
        (Errors + Environment.NewLine + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(6));

    /// <summary>Runs a program without a shell; arguments are passed as they are, on every system.</summary>
    /// <exception cref="AzuriteException">It cannot be started, or does not end in time.</exception>
    public static async Task<ToolRun> RunAsync(
        IReadOnlyList<string> command, string folder, TimeSpan timeout, CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Start(start);
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new ToolRun(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new AzuriteException($"\"{string.Join(' ', command)}\" did not end within {timeout.TotalSeconds:0} s and was stopped. Run it by hand in {folder} to see why.");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new AzuriteException($"{start.FileName} cannot be started: {e.Message}. Check that it can be run from a terminal.", e);
        }
    }
}
