using ArenaBench.Core.Configuration;
using ArenaBench.Core.Models.Providers;

namespace ArenaBench.Core.Models;

/// <summary>Reads one item of <c>endpoints</c>.</summary>
internal static class EndpointItem
{
    private static readonly string[] Operations = ["/chat/completions", "/messages", "/completions", "/responses"];

    public static EndpointSettings Read(ConfigReader reader)
    {
        var endpoint = new EndpointSettings(reader.Text("api_base"), Key(reader), reader.Text("api_version"), reader.Text("model_name"));
        reader.Ignore("aws_access_key_id", "aws_secret_access_key");
        reader.ReportUnknownKeys();
        if (endpoint.ApiBase is { } address && AddressProblem(address) is { } problem)
            reader.Report("api_base", problem);
        return endpoint;
    }

    /// <summary>What can be said without the variables' values; placeholders of published example files wait until a run names the model.</summary>
    public static string? AddressProblem(string address)
    {
        if (IsPlaceholder(address) || address.StartsWith("${", StringComparison.Ordinal))
            return null;
        var plain = address.Contains("${", StringComparison.Ordinal) ? address[..address.IndexOf("${", StringComparison.Ordinal)] + "1" : address;
        if (!Uri.TryCreate(plain, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return "api_base is not an http or https address, such as https://api.example.com/v1";
        if (uri.UserInfo.Length > 0)
            return "api_base holds a name or password; put the key into an environment variable and write api_key: ${ITS_NAME}";
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return "api_base has a part after ? or #, which would not be sent; write a key as api_key: ${ITS_NAME}, Azure's version as api_version:";
        if (Operations.FirstOrDefault(operation => uri.AbsolutePath.EndsWith(operation, StringComparison.OrdinalIgnoreCase)) is { } operation)
            return $"api_base ends with {operation}, which is added to it; leave that out";
        return EndpointAddress.IsForbidden(uri)
            ? "api_base is an address that serves credentials to machines inside a cloud; it is never called"
            : null;
    }

    public static bool IsPlaceholder(string address) => address.Contains('<') || address.Contains('>');

    // The message must not repeat the value: it may be a key.
    private static string? Key(ConfigReader reader)
    {
        var key = reader.Text("api_key");
        if (key is null || EndpointTarget.IsPlaceholder(key) || KeySource.IsReference(key))
            return key;
        reader.Report("api_key", key.Contains("${", StringComparison.Ordinal)
            ? "api_key must be one reference and nothing else: api_key: ${NAME}"
            : "api_key holds a key itself; put the key into an environment variable and write api_key: ${ITS_NAME}");
        return null;
    }
}
