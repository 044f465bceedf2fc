using System.Buffers;
using System.Text;
using System.Text.Json;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;

namespace ArenaBench.Core.Tests.Dialects;

/// <summary>Records for tests.</summary>
internal static class Jsonl
{
    public static JsonElement Json(string json) => JsonElement.Parse(json);

    public static string Line(JsonElement record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        JsonLines.Write(buffer, record);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static async Task<List<T>> ReadFileAsync<T>(string file, Func<JsonElement, T> read)
    {
        var problems = new ProblemLog();
        var records = new List<T>();
        await using var stream = File.OpenRead(file);
        await foreach (var line in JsonLines.ReadAsync(stream, file, read, problems, TestContext.Current.CancellationToken))
            records.Add(line.Value);
        Assert.Empty(problems.Kept);
        return records;
    }

    public static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
