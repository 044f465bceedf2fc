using System.Globalization;
using System.Text.Json;
using ArenaBench.LocalRuntime.Engine;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Management;

/// <summary>An instance's status as the management API shows it.</summary>
internal static class StatusJson
{
    public static void WriteAll(Utf8JsonWriter json, IEnumerable<OrchestrationMetadata> all, bool showInput)
    {
        json.WriteStartArray();
        foreach (var status in all) Write(json, status, showInput, null, false);
        json.WriteEndArray();
    }

    public static void Write(
        Utf8JsonWriter json, OrchestrationMetadata status, bool showInput,
        IReadOnlyList<HistoryEvent>? history, bool showHistoryOutput)
    {
        json.WriteStartObject();
        json.WriteString("name", status.Name);
        json.WriteString("instanceId", status.InstanceId);
        json.WriteString("runtimeStatus", status.RuntimeStatus.ToString());
        WriteData(json, "input", showInput ? status.SerializedInput : null);
        WriteData(json, "customStatus", status.SerializedCustomStatus);
        WriteData(json, "output", status.SerializedOutput);
        json.WriteString("createdTime", Time(status.CreatedAt));
        json.WriteString("lastUpdatedTime", Time(status.LastUpdatedAt));
        if (history is not null) HistoryJson.Write(json, history, showInput, showHistoryOutput);
        json.WriteEndObject();
    }

    /// <summary>JSON as it is; a text that is no JSON as a string.</summary>
    public static void WriteData(Utf8JsonWriter json, string name, string? data)
    {
        json.WritePropertyName(name);
        if (data is null)
        {
            json.WriteNullValue();
            return;
        }

        try
        {
            using var parsed = JsonDocument.Parse(data);
            parsed.RootElement.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStringValue(data);
        }
    }

    /// <summary>Whole seconds, UTC.</summary>
    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
