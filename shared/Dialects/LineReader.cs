using System.Buffers;

namespace ArenaBench.Core.Dialects;

/// <summary>
/// Splits a stream into lines over one pooled buffer, which grows to the longest line. A byte order mark and the carriage
/// return of a line end are left out; the last line needs no end.
/// </summary>
internal sealed class LineReader(Stream stream, int longestLine = LineReader.DefaultLongestLine) : IDisposable
{
    public const int DefaultLongestLine = 256 << 20;
    private const int FirstSize = 256 << 10;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int lineStart;
    private int scanned;
    private int filled;
    private bool ended;

    /// <summary>Of the current line, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Valid until the next read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>The current line is longer than allowed; <see cref="Line"/> is empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <returns>False at the end of the stream.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var overlong = false;
        while (true)
        {
            var newline = buffer.AsSpan(scanned, filled - scanned).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                Take(scanned + newline, overlong);
                scanned = lineStart = scanned + newline + 1;
                return true;
            }
            scanned = filled;
            if (filled - lineStart > longestLine)
            {
                overlong = true;
                lineStart = scanned = filled = 0;
            }
            if (ended)
            {
                if (lineStart == filled && !overlong) return false;
                Take(filled, overlong);
                lineStart = scanned = filled;
                return true;
            }
            await FillAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        lineStart = scanned = filled = 0;
    }

    private void Take(int end, bool overlong)
    {
        Number++;
        IsTooLong = overlong || end - lineStart > longestLine;
        var line = IsTooLong ? default : buffer.AsMemory(lineStart, end - lineStart);
        if (Number == 1 && line.Span.StartsWith("\uFEFF"u8)) line = line[3..];
        if (line.Length > 0 && line.Span[^1] == '\r') line = line[..^1];
        Line = line;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (lineStart > 0)
        {
            buffer.AsSpan(lineStart, filled - lineStart).CopyTo(buffer);
            filled -= lineStart;
            scanned -= lineStart;
            lineStart = 0;
        }
        if (filled == buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, filled).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
        filled += read;
        ended = read == 0;
    }
}
