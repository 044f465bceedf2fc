using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ArenaBench.Chaos;

/// <summary>A way to a port of this machine that can be cut: whatever goes through it breaks off, and connections are refused until it
/// is mended.</summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly int _to;
    private readonly ConcurrentDictionary<Socket, byte> _open = [];
    private TcpListener? _listener;

    public Cable(int to)
    {
        _to = to;
        Mend();
    }

    public int Port { get; private set; }

    public void Cut()
    {
        _listener?.Dispose();
        _listener = null;
        foreach (var socket in _open.Keys)
            Break(socket);
        _open.Clear();
    }

    public void Mend()
    {
        var listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start(512);
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private static void Break(Socket socket)
    {
        try
        {
            // At once, with a reset.
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It has just ended by itself.
        }

        socket.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = CarryAsync(await listener.AcceptSocketAsync());
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Nobody listens any more.
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _open[near] = _open[far] = 0;
        try
        {
            near.NoDelay = far.NoDelay = true;
            await far.ConnectAsync(IPAddress.Loopback, _to);
            await Task.WhenAll(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception broken) when (broken is SocketException or IOException or ObjectDisposedException or NotSupportedException)
        {
            // Either end has gone.
        }
        finally
        {
            _open.TryRemove(near, out _);
            _open.TryRemove(far, out _);
            near.Dispose();
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer, SocketFlags.None)) > 0;)
            {
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), SocketFlags.None);
            }
        }
        finally
        {
            // What one end has ended, the other is told.
            to.Shutdown(SocketShutdown.Send);
        }
    }
}
