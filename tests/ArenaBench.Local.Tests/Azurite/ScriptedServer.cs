using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ArenaBench.Local.Tests.Azurite;

/// <summary>Answers every connection with the same bytes, whatever it is asked.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private Task _serving = Task.CompletedTask;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static Task<ScriptedServer> StartAsync(string answer)
    {
        var server = new ScriptedServer();
        server._listener.Start();
        server._serving = server.ServeAsync(Encoding.ASCII.GetBytes(answer));
        return Task.FromResult(server);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(byte[] answer)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var stream = client.GetStream();
                await stream.ReadAtLeastAsync(new byte[16], 16, throwOnEndOfStream: false, _stop.Token);
                await stream.WriteAsync(answer, _stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
        catch (Exception gone) when (gone is SocketException or IOException)
        {
            // Whoever asked went away.
        }
    }
}
