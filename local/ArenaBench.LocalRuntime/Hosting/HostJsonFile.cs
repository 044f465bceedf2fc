using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>
/// host.json by dotted paths, names read without regard to case. A setting AzureFunctionsJobHost__a__b overrides a.b, as
/// in Azure.
/// </summary>
internal sealed class HostJsonFile(string path, JsonElement? root, IConfiguration settings)
{
    public string? Text(string setting) => Override(setting) ?? (Find(setting) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(setting, "is not a text"));

    public int? Count(string setting)
    {
        var text = Override(setting) ?? Find(setting)?.GetRawText();
        return text is null ? null
            : int.TryParse(text, CultureInfo.InvariantCulture, out var count) && count > 0
                ? count : throw Wrong(setting, "is not a whole number above 0");
    }

    /// <summary>Null when absent or <c>-1</c>, which both mean no limit here.</summary>
    public TimeSpan? Span(string setting) => Text(setting) switch
    {
        null or "-1" => null,
        var text => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero
            ? span : throw Wrong(setting, $"is '{text}'; it is a time like 00:30:00, or -1 for none"),
    };

    public LocalHostException Wrong(string setting, string problem) => new($"{path}: {setting} {problem}.");

    private string? Override(string setting) =>
        settings["AzureFunctionsJobHost:" + setting.Replace('.', ':')];

    private JsonElement? Find(string setting)
    {
        var at = root;
        foreach (var name in setting.Split('.'))
        {
            if (at is not { ValueKind: JsonValueKind.Object } parent) return null;
            var found = parent.EnumerateObject().Where(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
            at = found.Count == 0 ? null : found[0].Value;
        }

        return at is { ValueKind: JsonValueKind.Null } ? null : at;
    }
}
