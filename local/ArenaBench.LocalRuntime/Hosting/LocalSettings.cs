using System.Text.Json;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>The app's local.settings.json: <c>Values</c> as settings, <c>Host.LocalHttpPort</c> as the port.</summary>
internal static class LocalSettings
{
    /// <summary>The settings as configuration keys; empty when there is no file.</summary>
    /// <exception cref="LocalHostException">The file is not JSON or not of the known shape.</exception>
    public static IReadOnlyDictionary<string, string?> Read(string path)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(path)) return settings;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions
            {
                AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip,
            });
            if (json.RootElement.TryGetProperty("IsEncrypted", out var encrypted) && encrypted.ValueKind == JsonValueKind.True)
                throw new LocalHostException($"{path}: the settings are encrypted; decrypt them with 'func settings decrypt'.");
            if (json.RootElement.TryGetProperty("Values", out var values))
                foreach (var value in values.EnumerateObject())
                    settings[value.Name.Replace("__", ":", StringComparison.Ordinal)] =
                        value.Value.ValueKind == JsonValueKind.String ? value.Value.GetString() : value.Value.ToString();
            if (json.RootElement.TryGetProperty("Host", out var host) && host.TryGetProperty("LocalHttpPort", out var port))
                settings["port"] = port.ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            var line = (e as JsonException)?.LineNumber is { } number ? $":{number + 1}" : "";
            throw new LocalHostException($"{path}{line}: local.settings.json cannot be read: {e.Message}", e);
        }

        return settings;
    }
}
