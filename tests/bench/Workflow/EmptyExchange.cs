using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ArenaBench.Bench.Workflow;

/// <summary>What the machine lets any caller have at that moment: one byte to a thread of its own that only waits for it, and back.</summary>
internal sealed class EmptyExchange : IDisposable
{
    private readonly Socket _caller = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Socket _callee;

    public EmptyExchange()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _caller.Connect(listener.LocalEndPoint!);
        _callee = listener.Accept();
        _callee.NoDelay = true;
        new Thread(Answer) { IsBackground = true }.Start();
    }

    public Task<TimeSpan> MeasureAsync(CancellationToken cancellationToken) => Task.Factory.StartNew(
        () =>
        {
            var mark = new byte[1];
            var clock = Stopwatch.StartNew();
            _caller.Send(mark);
            _caller.Receive(mark);
            return clock.Elapsed;
        },
        cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        _caller.Dispose();
        _callee.Dispose();
    }

    private void Answer()
    {
        var mark = new byte[1];
        try
        {
            while (_callee.Receive(mark) > 0)
                _callee.Send(mark);
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The measurement is over.
        }
    }
}
