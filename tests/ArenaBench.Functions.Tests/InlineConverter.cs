using System.Text.Json;
using Microsoft.DurableTask;

namespace ArenaBench.Functions.Tests;

/// <summary>What an instance's metadata needs to read its input and its status.</summary>
internal sealed class InlineConverter : DataConverter
{
    public override object? Deserialize(string? data, Type targetType) => data is null ? null : JsonSerializer.Deserialize(data, targetType);

    public override string? Serialize(object? value) => JsonSerializer.Serialize(value);
}
