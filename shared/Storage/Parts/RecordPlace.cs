using ArenaBench.Core.Records;

namespace ArenaBench.Core.Storage;

/// <summary>Where a record's line lies in a run's parts.</summary>
/// <param name="Segment">Of the part, from 0.</param>
/// <param name="Offset">Of the line's first byte in the segment.</param>
/// <param name="Length">In bytes, without the line's end.</param>
public sealed record RecordPlace(string Part, int Segment, long Offset, int Length);

public sealed record PlacedRecord(RecordPlace Place, RecordEnvelope Line);

/// <summary>A line of a part that is no record: every read leaves it out.</summary>
/// <param name="Path">Of the blob.</param>
public sealed record DamagedLine(string Path, long Offset, string Reason)
{
    public override string ToString() => $"{Path}, byte {Offset}: {Reason}";
}
