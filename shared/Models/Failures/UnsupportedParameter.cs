using System.Text.RegularExpressions;

namespace ArenaBench.Core.Models.Failures;

/// <summary>Recognises that a model refuses a parameter, and names the line of the endpoints file that leaves it out.</summary>
internal static partial class UnsupportedParameter
{
    private static readonly string[] Ours =
        ["max_completion_tokens", "max_tokens", "temperature", "reasoning_effort", "thinking", "system", "developer", "top_p", "seed"];

    /// <returns>The parameter as the endpoint calls it; null: the error is about something else.</returns>
    public static string? Named(ErrorBody error, string words)
    {
        var refused = error.Code is "unsupported_parameter" or "unsupported_value" || RefusalWords().IsMatch(words);
        if (!refused)
            return null;
        if (SystemWords().IsMatch(words))
            return "the system role";
        var named = error.Parameter is { Length: > 0 } parameter ? parameter
            : Ours.FirstOrDefault(name => words.Contains(name, StringComparison.OrdinalIgnoreCase));
        return named is null ? null : named.StartsWith("messages", StringComparison.Ordinal) ? "the system role" : UntrustedText.Clean(named, 60);
    }

    /// <summary>What to write under the model's name.</summary>
    public static string Remedy(string parameter, string name) => parameter switch
    {
        "max_tokens" => $"add to {name} in the endpoints file: token_limit: max_completion_tokens",
        "max_completion_tokens" => $"add to {name} in the endpoints file: token_limit: max_tokens",
        "temperature" => $"add to {name} in the endpoints file: send_temperature: false",
        "the system role" => $"add to {name} in the endpoints file: system_role: user",
        "reasoning_effort" => $"remove reasoning_effort from {name} in the endpoints file, or write a value that the model takes",
        "thinking" => $"remove budget_tokens from {name} in the endpoints file",
        _ => $"remove {parameter} from extra_body of {name} in the endpoints file",
    };

    [GeneratedRegex(@"unsupported (parameter|value)|not support(ed)?\b|does not support|unrecognized (request )?(argument|parameter)|unknown (parameter|field|name)|unexpected (parameter|keyword|field)|extra (inputs|fields|_forbidden).{0,20}(not permitted|forbidden)|extra_forbidden|only the default \(1\)|may only be set to 1|conversation roles must alternate|is deprecated for this model", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RefusalWords();

    [GeneratedRegex(@"(system|developer)'?[ _]?(role|message|prompt|instruction)|role.{0,20}'?system'?|roles must alternate", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SystemWords();
}
