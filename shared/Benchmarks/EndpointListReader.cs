using ArenaBench.Core.Configuration;
using ArenaBench.Core.Models;

namespace ArenaBench.Core.Benchmarks;

/// <summary>
/// Reads <c>endpoint_list</c> in both published spellings: an item with <c>api_base</c> and <c>api_key</c>, or, as
/// Arena-Bench-V1's README has it, two items of one key each, which make one endpoint.
/// </summary>
internal static class EndpointListReader
{
    private static readonly string[] NoKey = ["-", "EMPTY", "none"];

    public static IReadOnlyList<EndpointSettings> Read(IReadOnlyList<ConfigNode> items, ICollection<Problem> problems)
    {
        var endpoints = new List<EndpointSettings>();
        var lastHadOneKey = false;
        foreach (var item in items)
        {
            var reader = new ConfigReader(item, problems);
            var read = new EndpointSettings(reader.Text("api_base"), Key(reader), reader.Text("api_version"));
            reader.ReportUnknownKeys();
            CheckBase(reader, read.ApiBase);

            var hasOneKey = item is ConfigMap { Entries.Count: 1 };
            if (hasOneKey && lastHadOneKey && Joined(endpoints[^1], read) is { } joined) endpoints[^1] = joined;
            else endpoints.Add(read);
            lastHadOneKey = hasOneKey;
        }
        return endpoints;
    }

    private static EndpointSettings? Joined(EndpointSettings first, EndpointSettings second)
    {
        var clash = (first.ApiBase is not null && second.ApiBase is not null)
            || (first.ApiKey is not null && second.ApiKey is not null)
            || (first.ApiVersion is not null && second.ApiVersion is not null);
        return clash ? null : new EndpointSettings(
            first.ApiBase ?? second.ApiBase, first.ApiKey ?? second.ApiKey, first.ApiVersion ?? second.ApiVersion);
    }

    // The message must not repeat the value: it may be a key.
    private static string? Key(ConfigReader reader)
    {
        var key = reader.Text("api_key");
        if (key is null || NoKey.Contains(key) || (key.StartsWith("${", StringComparison.Ordinal) && key.EndsWith('}'))) return key;
        reader.Report("api_key", "api_key holds a key itself; put the key in an environment variable and write ${ITS_NAME} here");
        return null;
    }

    private static void CheckBase(ConfigReader reader, string? apiBase)
    {
        if (apiBase is null || apiBase.Contains("${", StringComparison.Ordinal)) return;
        if (!Uri.TryCreate(apiBase, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            reader.Report("api_base", "api_base is not an http or https address");
    }
}
