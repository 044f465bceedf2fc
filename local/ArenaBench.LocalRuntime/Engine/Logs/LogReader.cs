using System.Text.Json;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Where the next block of a log goes, and what its first line is chained to.</summary>
internal sealed record LogCursor(LogKey Key, long Position, int Blocks, uint Chain);

/// <summary>Reads one generation of an instance's log, segment by segment.</summary>
internal sealed class LogReader(string instanceId, int generation)
{
    private readonly List<HistoryEvent> _events = [];
    private uint _chain;
    private int _segment;
    private long _length;
    private int _lines;

    public IReadOnlyList<HistoryEvent> Events => _events;

    /// <summary>Where the log ends. A block has at least one line, so lines stand for blocks.</summary>
    public LogCursor Cursor() => new(new LogKey(instanceId, generation, _segment), _length, _lines, _chain);

    /// <exception cref="LogDamagedException">Torn, changed, of another instance, or of a newer format.</exception>
    public void Add(ReadOnlySpan<byte> content, string place)
    {
        if (content.IsEmpty)
            throw new LogDamagedException($"{place}: the log is empty.");
        _length = content.Length;
        _lines = 0;
        _chain = LogCodec.Read(content, _chain, place, (line, json) => AddLine(line, json, place));
    }

    private void AddLine(int line, ReadOnlySpan<byte> json, string place)
    {
        _lines++;
        try
        {
            if (json.StartsWith("{\"format\":"u8))
                CheckHeader(JsonSerializer.Deserialize(json, EngineJsonContext.Lines.LogHeader)!, place, line);
            else if (_segment == 0)
                throw new LogDamagedException($"{place}, line {line}: the header is missing.");
            else
                _events.Add(JsonSerializer.Deserialize(json, EngineJsonContext.Lines.HistoryEvent)!);
        }
        catch (JsonException unreadable)
        {
            throw new LogDamagedException($"{place}, line {line}: {unreadable.Message}");
        }
    }

    private void CheckHeader(LogHeader header, string place, int line)
    {
        if (header.Format > LogHeader.CurrentFormat)
            throw new LogDamagedException(
                $"{place}, line {line}: written in format {header.Format} by a newer version; "
                + $"this version reads up to {LogHeader.CurrentFormat}. Update, or purge the instance.");
        if (header.Instance != instanceId || header.Generation != generation || header.Segment != _segment + 1)
            throw new LogDamagedException(
                $"{place}, line {line}: expected segment {_segment + 1} of generation {generation} of '{instanceId}', "
                + $"found segment {header.Segment} of generation {header.Generation} of '{header.Instance}'.");
        _segment = header.Segment;
    }
}
