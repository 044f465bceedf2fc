using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>What this host takes from the app's host.json; the rest of the file is for Azure.</summary>
internal sealed partial record HostJson(
    string RoutePrefix, string HubName, int MaxConcurrentActivities, int MaxConcurrentOrchestrators, TimeSpan? FunctionTimeout)
{
    private const string DefaultHubName = "TestHubName";

    /// <exception cref="LocalHostException">The file is not JSON, or a setting in it has no sense.</exception>
    public static HostJson Read(string? path, IConfiguration settings, string? hubName)
    {
        JsonDocument? json = null;
        try
        {
            if (path is not null)
                json = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions
                {
                    AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip,
                });
        }
        catch (JsonException e)
        {
            throw new LocalHostException($"{path}:{e.LineNumber + 1}: host.json is not valid JSON: {e.Message}", e);
        }

        using (json)
        {
            var file = new HostJsonFile(path ?? "host.json", json?.RootElement, settings);
            return new HostJson(
                file.Text("extensions.http.routePrefix")?.Trim('/') ?? "api",
                CheckedHubName(file, hubName ?? file.Text("extensions.durableTask.hubName") ?? DefaultHubName, settings),
                file.Count("extensions.durableTask.maxConcurrentActivityFunctions") ?? 10 * Environment.ProcessorCount,
                file.Count("extensions.durableTask.maxConcurrentOrchestratorFunctions") ?? 10 * Environment.ProcessorCount,
                file.Span("functionTimeout"));
        }
    }

    private static string CheckedHubName(HostJsonFile file, string name, IConfiguration settings)
    {
        if (name.Length > 2 && name[0] == '%' && name[^1] == '%')
            name = settings[name[1..^1]]
                ?? throw file.Wrong("extensions.durableTask.hubName", $"names the setting {name}, which is not set");
        return HubNamePattern().IsMatch(name)
            ? name
            : throw file.Wrong(
                "extensions.durableTask.hubName", $"is '{name}'; a hub name is 3 to 45 letters and digits and begins with a letter");
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,44}$")]
    private static partial Regex HubNamePattern();
}
