using System.Text.Json.Serialization;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core;

/// <summary>Shapes known at compile time, of what is read and written by the thousand; how they are written is
/// <see cref="JsonFiles.Options"/>'s.</summary>
[JsonSerializable(typeof(RecordEnvelope))]
[JsonSerializable(typeof(FingerprintLine))]
[JsonSerializable(typeof(IndexRow))]
[JsonSerializable(typeof(RunIndexContents))]
internal sealed partial class CoreJsonContext : JsonSerializerContext;
