using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>
/// Data of orchestrations as the isolated worker serializes them: names as declared, read without regard to case,
/// enums as numbers unless converted.
/// </summary>
public static class EngineJson
{
    public static JsonSerializerOptions Options { get; } = new() { PropertyNameCaseInsensitive = true };

    public static DataConverter Converter { get; } = new JsonConverter();

    /// <summary>A plain text as JSON.</summary>
    internal static string Text(string value) => JsonSerializer.Serialize(value, Options);

    private sealed class JsonConverter : DataConverter
    {
        public override string? Serialize(object? value) =>
            value is null ? null : JsonSerializer.Serialize(value, value.GetType(), Options);

        public override object? Deserialize(string? data, Type targetType) =>
            data is null ? null : JsonSerializer.Deserialize(data, targetType, Options);
    }
}

/// <summary>The lines of logs.</summary>
[JsonSerializable(typeof(HistoryEvent))]
[JsonSerializable(typeof(LogHeader))]
[JsonSerializable(typeof(InstanceSummary))]
[JsonSerializable(typeof(HubClaim))]
internal sealed partial class EngineJsonContext : JsonSerializerContext
{
    /// <summary>Histories are files of their own, never HTML: quotes and umlauts stay readable.</summary>
    public static EngineJsonContext Lines { get; } = new(With(JavaScriptEncoder.UnsafeRelaxedJsonEscaping));

    /// <summary>For HTTP headers and file names: ASCII only.</summary>
    public static EngineJsonContext Ascii { get; } = new(With(JavaScriptEncoder.Default));

    private static JsonSerializerOptions With(JavaScriptEncoder encoder) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = encoder,
    };
}
