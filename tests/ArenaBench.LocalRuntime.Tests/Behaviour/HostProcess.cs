using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ArenaBench.Testing;

namespace ArenaBench.LocalRuntime.Tests.Behaviour;

/// <summary>
/// The sample app as a process of its own, to be killed. ARENABENCH_HOST_CMD gives another command to start it, with
/// <c>{port}</c> where the port goes; it runs in the sample app's folder: <c>func start --port {port}</c>.
/// </summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly string? _hub;
    private readonly string _storage;
    private readonly int _port;
    private Process? _process;

    private HostProcess(string? hub, string storage, int port)
    {
        _hub = hub;
        _storage = storage;
        _port = port;
        Instances = new InstanceClient(new Uri($"http://127.0.0.1:{port}"));
    }

    public InstanceClient Instances { get; }

    public static async Task<HostProcess> StartAsync(AzuriteFixture storage)
    {
        var host = new HostProcess(SampleApp.NewHub(), await storage.ConnectionStringOrSkipAsync(), FreePort());
        await host.StartAgainAsync();
        return host;
    }

    public async Task StartAgainAsync()
    {
        _process = Process.Start(StartInfo())!;
        _process.OutputDataReceived += (_, line) => { };
        _process.BeginOutputReadLine();
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(90); await Task.Delay(100))
        {
            if (_process.HasExited) Assert.Fail($"The host ended with {_process.ExitCode}: {await _process.StandardError.ReadToEndAsync()}");
            try
            {
                using var answer = await Instances.Http.GetAsync("api/silent");
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }

        Assert.Fail("The host does not answer.");
    }

    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        Instances.Http.Dispose();
        if (_process is not null) await KillAsync();
    }

    private ProcessStartInfo StartInfo()
    {
        var port = _port.ToString(CultureInfo.InvariantCulture);
        var given = Environment.GetEnvironmentVariable("ARENABENCH_HOST_CMD") is { Length: > 0 } command
            ? command.Replace("{port}", port, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : null;
        var dll = Path.Combine(AppContext.BaseDirectory, "BehaviourApp.dll");
        var info = new ProcessStartInfo(given?[0] ?? "dotnet", given?[1..] ?? [dll, "--port", port])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = given is null ? AppContext.BaseDirectory : RepoRoot.File("tests", "samples", "BehaviourApp"),
        };
        info.Environment["AzureWebJobsStorage"] = _storage;
        info.Environment["AzureFunctionsJobHost__extensions__durableTask__hubName"] = _hub;
        return info;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
