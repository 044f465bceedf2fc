using System.Text.RegularExpressions;

namespace ArenaBench.Core.Models.Providers;

internal enum TokenLimit
{
    /// <summary><c>max_tokens</c>: what every compatible server takes.</summary>
    MaxTokens,

    /// <summary><c>max_completion_tokens</c>: what OpenAI's reasoning models demand.</summary>
    MaxCompletionTokens,

    /// <summary>Not sent.</summary>
    None,
}

internal enum SystemRole
{
    System,
    Developer,

    /// <summary>The system prompt is put before the first user message.</summary>
    User,
}

/// <summary>What a model does not take as others do.</summary>
/// <param name="ThinkEnd">Everything up to this text is thinking, where the server leaves it in the answer.</param>
internal sealed record Quirks(
    TokenLimit TokenLimit = TokenLimit.MaxTokens,
    bool SendsTemperature = true,
    SystemRole SystemRole = SystemRole.System,
    string? ThinkEnd = null);

/// <summary>
/// Quirks by model family, first match wins; a key of the endpoints file beats it. Names are compared from their last
/// <c>/</c> on, so that <c>openai/o3-mini</c> of a gateway is found too.
/// </summary>
internal static class QuirkTable
{
    private static readonly Quirks Reasoning = new(TokenLimit.MaxCompletionTokens, SendsTemperature: false, SystemRole.Developer);

    private static readonly (Regex Family, Quirks Quirks)[] Families =
    [
        // https://platform.openai.com/docs/guides/reasoning: no temperature, max_completion_tokens, developer messages;
        // the first two of the family take neither system nor developer messages.
        (Named("^o1-(mini|preview)"), Reasoning with { SystemRole = SystemRole.User }),
        (Named(@"^o\d+($|[-:])"), Reasoning),
        (Named(@"^gpt-5(\.\d+)?-chat"), new Quirks(TokenLimit.MaxCompletionTokens)),
        (Named(@"^gpt-([5-9]|\d\d)"), Reasoning),

        // Their chat templates know no system role: huggingface.co/google/gemma-2-9b-it, mistralai/Mistral-7B-Instruct-v0.2.
        (Named("^gemma-(2-|2b|7b|1\\.1)"), new Quirks(SystemRole: SystemRole.User)),
        (Named(@"^mi[sx]tral-8?x?7b-instruct-v0\.[12]"), new Quirks(SystemRole: SystemRole.User)),

        // Open models that think aloud; a server without a reasoning parser leaves it in the answer, often without the opening tag.
        (Named("^(qwq|deepseek-r1|qwen3.*thinking)"), new Quirks(ThinkEnd: "</think>")),

        // https://platform.claude.com/docs/en/api/versioning: models after Claude Opus 4.6 take no temperature.
        (Named(@"^claude-(instant|v?\d)"), new Quirks()),
        (Named(@"^claude-(opus|sonnet|haiku)-4($|-[0-6]($|-)|-\d{8})"), new Quirks()),
        (Named("^claude-"), new Quirks(SendsTemperature: false)),
    ];

    // Upstream sends these types neither temperature nor a limit, but where the entry itself has one.
    private static readonly Dictionary<string, Quirks> Types = new(StringComparer.Ordinal)
    {
        ["openai_thinking"] = Reasoning,
        ["deepseek_reasoner"] = new Quirks(SendsTemperature: false),
    };

    public static Quirks Of(ModelSettings model)
    {
        var name = model.ModelName[(model.ModelName.LastIndexOf('/') + 1)..];
        var family = Families.FirstOrDefault(entry => entry.Family.IsMatch(name)).Quirks
            ?? Types.GetValueOrDefault(model.ApiType) ?? new Quirks();
        return Overridden(family, model.Extra);
    }

    /// <summary>Values of the keys as an endpoints file may have them; checked when it is read.</summary>
    private static Quirks Overridden(Quirks quirks, IReadOnlyDictionary<string, string> extra) => quirks with
    {
        TokenLimit = extra.GetValueOrDefault(ExtraKeys.TokenLimit) switch
        {
            "max_tokens" => TokenLimit.MaxTokens,
            "max_completion_tokens" => TokenLimit.MaxCompletionTokens,
            "none" => TokenLimit.None,
            _ => quirks.TokenLimit,
        },
        SendsTemperature = extra.GetValueOrDefault(ExtraKeys.SendTemperature) switch { "true" => true, "false" => false, _ => quirks.SendsTemperature },
        SystemRole = extra.GetValueOrDefault(ExtraKeys.SystemRole) switch
        {
            "system" => SystemRole.System,
            "developer" => SystemRole.Developer,
            "user" => SystemRole.User,
            _ => quirks.SystemRole,
        },
        ThinkEnd = extra.GetValueOrDefault(ExtraKeys.EndThinkToken) ?? quirks.ThinkEnd,
    };

    private static Regex Named(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}

/// <summary>Keys of <see cref="ModelSettings.Extra"/>, as in the endpoints file.</summary>
internal static class ExtraKeys
{
    public const string TokenLimit = "token_limit";
    public const string SendTemperature = "send_temperature";
    public const string SystemRole = "system_role";
    public const string EndThinkToken = "end_think_token";

    /// <summary>A JSON object, merged into the body.</summary>
    public const string ExtraBody = "extra_body";
}
