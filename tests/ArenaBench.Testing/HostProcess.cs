using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace ArenaBench.Testing;

/// <summary>A host in a process of its own, which a test may kill: the local host, or the command that ARENABENCH_HOST_CMD names
/// (it gets the storage in AzureWebJobsStorage, and the port for {port}).</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private readonly string _storage;
    private readonly string _name;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly List<string> _output = [];
    private Process? _process;

    private HostProcess(string storage, string name, IReadOnlyDictionary<string, string> environment)
    {
        _storage = storage;
        _name = name;
        _environment = environment;
        Port = FreePort();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}/") };
    }

    public int Port { get; }

    public int ProcessId => _process!.Id;

    public HttpClient Http { get; }

    /// <summary>What it has written to its console so far.</summary>
    public IReadOnlyList<string> Output
    {
        get
        {
            lock (_output)
                return [.. _output];
        }
    }

    /// <param name="name">Of the container, and of the hub without its dashes.</param>
    public static async Task<HostProcess> StartAsync(
        string storage, string name, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? environment = null)
    {
        var host = new HostProcess(storage, name, environment ?? new Dictionary<string, string>());
        await host.StartAsync(cancellationToken);
        return host;
    }

    /// <summary>Starts it (again) on the same port and storage, and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = Command();
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["AzureWebJobsStorage"] = _storage;
        start.Environment["ArenaBench__Container"] = _name;
        start.Environment["AzureFunctionsJobHost__extensions__durableTask__hubName"] = HubName(_name);
        foreach (var (key, value) in _environment)
            start.Environment[key] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilItAnswersAsync(cancellationToken);
    }

    /// <summary>SIGKILL: nothing is flushed, nobody is told.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: it may finish what it is doing. Unix only.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>What it said last.</summary>
    public string Tail()
    {
        lock (_output)
            return string.Join('\n', _output.TakeLast(40));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        Http.Dispose();
    }

    public static string HubName(string container) => "t" + container.Replace("-", "", StringComparison.Ordinal)[^32..];

    private ProcessStartInfo Command()
    {
        if (Environment.GetEnvironmentVariable("ARENABENCH_HOST_CMD") is { Length: > 0 } command)
        {
            var parts = command.Replace("{port}", $"{Port}", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // Where func start wants to be.
            return new ProcessStartInfo(parts[0], parts[1..]) { WorkingDirectory = RepoRoot.File("functions") };
        }

        return new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ArenaBench.Functions.dll"), "--urls", $"http://127.0.0.1:{Port}"]);
    }

    private async Task WaitUntilItAnswersAsync(CancellationToken cancellationToken)
    {
        for (var wait = Stopwatch.StartNew(); wait.Elapsed < TimeSpan.FromMinutes(2);)
        {
            if (_process!.HasExited)
                break;
            try
            {
                using var response = await Http.GetAsync("api/runs", cancellationToken);
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(50, cancellationToken);
        }

        Assert.Fail($"The host did not start. It said:\n{Tail()}");
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.Add(line ?? "");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
