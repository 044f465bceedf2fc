using ArenaBench.Core.Models.Failures;

namespace ArenaBench.Core.Models.Providers;

/// <summary>Where one endpoint of a model really is, its variables replaced; the key stays a reference.</summary>
/// <param name="ModelName">The name there, where it has its own.</param>
internal sealed record EndpointTarget(ApiType Type, Uri Base, string? KeyReference, string? ApiVersion, string? ModelName)
{
    private static readonly string[] Placeholders = ["-", "EMPTY", "NONE", "NULL", "TOKEN", "NOT-NEEDED", "NO-KEY", "SK-NO-KEY-REQUIRED"];

    /// <summary>All of a model's; the provider's own where it names none.</summary>
    public static IReadOnlyList<EndpointTarget> AllOf(ModelSettings model, KeySource keys) => model.Endpoints.Count > 0
        ? [.. model.Endpoints.Select(endpoint => Of(model, endpoint, keys))]
        : [Of(model, new EndpointSettings(null, null, null), keys)];

    /// <exception cref="ArgumentException">An address that cannot be called, or a type; validation names them before a run.</exception>
    public static EndpointTarget Of(ModelSettings model, EndpointSettings endpoint, KeySource keys)
    {
        var type = ApiType.Get(model.ApiType);
        var written = endpoint.ApiBase is { } text ? keys.Expand(text) : type.ApiBase;
        if (!Uri.TryCreate(written, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new ArgumentException($"api_base of {model.Name} is no http or https address");
        if (EndpointAddress.IsForbidden(address))
            throw new ArgumentException($"api_base of {model.Name} is an address that serves credentials to machines inside a cloud; it is never called");
        return new EndpointTarget(type, address, KeyOf(endpoint, type, address), endpoint.ApiVersion, endpoint.ModelName);
    }

    /// <summary>The default variable goes to the provider's own address only: another address gets the key that stands beside it, or none.</summary>
    private static string? KeyOf(EndpointSettings endpoint, ApiType type, Uri address)
    {
        if (endpoint.ApiKey is { } key && !IsPlaceholder(key))
            return key;
        var own = type.ApiBase is not null && string.Equals(new Uri(type.ApiBase).Host, address.Host, StringComparison.OrdinalIgnoreCase);
        return own && type.KeyVariable is not null ? $"${{{type.KeyVariable}}}" : null;
    }

    /// <summary>What published example files hold where a key belongs.</summary>
    public static bool IsPlaceholder(string key) =>
        key.Length == 0 || key.StartsWith('<') || key.StartsWith("your", StringComparison.OrdinalIgnoreCase)
        || key.All(letter => letter is '*' or 'x' or 'X' or '.' or '-') || Placeholders.Contains(key.ToUpperInvariant());

    /// <summary>What the SDK appends its path to.</summary>
    public Uri SdkBase(ModelSettings model)
    {
        var plain = Base.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return Type.Protocol switch
        {
            Protocol.Azure when ApiVersion is not null => new Uri($"{plain}/openai/deployments/{Uri.EscapeDataString(model.ModelName)}"),
            Protocol.Azure when !plain.EndsWith("/v1", StringComparison.Ordinal) => new Uri($"{plain}/openai/v1"),
            // Anthropic's SDK adds /v1 itself.
            Protocol.Anthropic when plain.EndsWith("/v1", StringComparison.Ordinal) => new Uri(plain[..^3]),
            _ => new Uri(plain),
        };
    }

    public RequestFacts Facts(ModelSettings model)
    {
        var path = Type.Protocol == Protocol.Anthropic ? "/v1/messages" : "/chat/completions";
        var remedy = KeyReference is not null ? $"check {KeyReference}, which api_key of {model.Name} refers to"
            : Type.Protocol == Protocol.Azure ? $"give the process's identity the role Cognitive Services OpenAI User, or write api_key: ${{NAME}} under {model.Name}"
            : $"write api_key: ${{NAME}} under {model.Name} in the endpoints file and set that variable";
        var host = Base.IsDefaultPort ? Base.Host : $"{Base.Host}:{Base.Port}";
        return new RequestFacts(model.Name, model.ModelName, host, SdkBase(model).ToString().TrimEnd('/') + path, remedy);
    }
}
