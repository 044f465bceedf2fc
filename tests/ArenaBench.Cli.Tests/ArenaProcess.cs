using System.Diagnostics;

namespace ArenaBench.Cli.Tests;

/// <summary>The program in a process of its own, not on a terminal, which a test may interrupt as Ctrl-C does.</summary>
internal sealed class ArenaProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _out = [];
    private readonly List<string> _error = [];

    private ArenaProcess(Process process) => _process = process;

    /// <param name="environment">Added to ours; null removes a variable.</param>
    public static ArenaProcess Start(string folder, IReadOnlyDictionary<string, string?> environment, params string[] args)
    {
        // Tests that a script runs in the background ignore Ctrl-C, and what they start inherits that.
        string[] listening = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : [];
        string[] command = [.. listening, "dotnet", Path.Combine(AppContext.BaseDirectory, "arena.dll"), .. args];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        // Storage of its own, which it starts itself; other tests name theirs.
        foreach (var (key, value) in environment.Append(new("AzureWebJobsStorage", null)))
            start.Environment[key] = value;
        var arena = new ArenaProcess(Process.Start(start)!);
        arena._process.OutputDataReceived += (_, line) => arena.Keep(arena._out, line.Data);
        arena._process.ErrorDataReceived += (_, line) => arena.Keep(arena._error, line.Data);
        arena._process.BeginOutputReadLine();
        arena._process.BeginErrorReadLine();
        return arena;
    }

    /// <summary>Waits until standard error has a line that holds the text.</summary>
    /// <returns>The line.</returns>
    public async Task<string> WaitForAsync(string text, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience && !_process.HasExited; await Task.Delay(20, cancellationToken))
        {
            lock (_lock)
            {
                if (_error.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
                    return found;
            }
        }

        lock (_lock)
            throw new InvalidOperationException($"It never said \"{text}\". It said:\n{string.Join('\n', _error)}");
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async Task<CommandResult> EndAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        await _process.WaitForExitAsync(patience.Token);
        lock (_lock)
            return new CommandResult(_process.ExitCode, string.Join('\n', _out), string.Join('\n', _error));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Keep(List<string> lines, string? line)
    {
        lock (_lock)
        {
            if (line is not null)
                lines.Add(line);
        }
    }
}
