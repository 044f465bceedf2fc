using System.Text.Json;

namespace ArenaBench.Core.Dialects;

/// <summary>An element of a record and its path, for reading fields with errors that name them.</summary>
internal readonly record struct Fields(JsonElement Element, string Path)
{
    public static Fields OfLine(JsonElement line) =>
        line.ValueKind == JsonValueKind.Object
            ? new Fields(line, "")
            : throw new RecordFormatException("", $"the line is {Kind(line)} where a JSON object is wanted");

    public bool IsNull => Element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    /// <summary>The field, undefined where it is absent.</summary>
    public Fields this[string name]
    {
        get
        {
            if (Element.ValueKind != JsonValueKind.Object) throw Wrong("an object");
            return new Fields(Element.TryGetProperty(name, out var value) ? value : default, Path.Length == 0 ? name : $"{Path}.{name}");
        }
    }

    public bool Has(string name) => Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out _);

    public IReadOnlyList<Fields> Items()
    {
        if (Element.ValueKind != JsonValueKind.Array) throw Wrong("a list");
        var items = new List<Fields>(Element.GetArrayLength());
        foreach (var item in Element.EnumerateArray()) items.Add(new Fields(item, $"{Path}[{items.Count}]"));
        return items;
    }

    public IReadOnlyList<Fields> NonEmptyItems(string of)
    {
        var items = Items();
        return items.Count > 0 ? items : throw new RecordFormatException(Path, $"{Path} is empty; at least one {of} is wanted");
    }

    public string Text() => Element.ValueKind == JsonValueKind.String ? JsonText.Read(Element) : throw Wrong("a string");

    /// <summary>A null text is an empty one: what pipelines record for a reply without content.</summary>
    public string TextOrEmpty() => IsNullValue ? "" : Text();

    public string? OptionalText() => IsNull ? null : Text();

    /// <summary>An id: a string, or a number as older benchmarks have it.</summary>
    public string Id()
    {
        var id = Element.ValueKind == JsonValueKind.Number ? Element.GetRawText() : Text();
        return id.Length > 0 ? id : throw new RecordFormatException(Path, $"{Path} is empty");
    }

    public double? OptionalNumber() => IsNull ? null : Number();

    public double Number() =>
        Element.ValueKind == JsonValueKind.Number && Element.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw Wrong("a number");

    public int? OptionalCount() => IsNull ? null : Count();

    public int Count()
    {
        var number = Number();
        return number >= 0 && number <= int.MaxValue && number == Math.Floor(number) ? (int)number : throw Wrong("a count");
    }

    public IReadOnlyDictionary<string, int> Counts()
    {
        if (Element.ValueKind != JsonValueKind.Object) throw Wrong("an object of counts");
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var property in Element.EnumerateObject())
            counts[property.Name] = new Fields(property.Value, $"{Path}.{property.Name}").Count();
        return counts;
    }

    public RecordFormatException Wrong(string wanted) =>
        Element.ValueKind == JsonValueKind.Undefined
            ? new RecordFormatException(Path, $"{Path} is missing; {wanted} is wanted")
            : new RecordFormatException(Path, $"{Path} is {Kind(Element)} where {wanted} is wanted");

    private bool IsNullValue => Element.ValueKind == JsonValueKind.Null;

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => $"the number {element.GetRawText()}",
        JsonValueKind.Null => "null",
        JsonValueKind.Undefined => "missing",
        _ => element.GetRawText(),
    };
}
