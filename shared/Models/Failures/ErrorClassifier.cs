using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Models.Failures;

/// <summary>Turns an error response into a named failure with a remedy. Codes come first; words only where providers have no code.</summary>
internal static partial class ErrorClassifier
{
    public static CallFailure Classify(
        int status, HttpResponseHeaders headers, ErrorBody error, RequestFacts facts, DateTimeOffset now)
    {
        var said = error.IsHtml ? "" : UntrustedText.Clean(error.Message);
        var quoted = said.Length > 0 ? $": \"{said}\"" : "";
        var code = error.Code ?? error.Type ?? "";
        var words = error.Message ?? "";

        if (IsQuota(status, error, words))
            return Fatal(RecordStatus.QuotaExhausted, $"the account of {facts.Host} has no quota left ({status}{quoted}); add credit, then retry");
        if (status is 401 || KeyWords().IsMatch(words) || code is "invalid_api_key" or "authentication_error" or "API_KEY_INVALID")
            return Fatal(RecordStatus.KeyRefused, $"{facts.Host} refused the key ({status}{quoted}); {facts.KeyRemedy}");
        if (IsFiltered(status, error, words))
            return Fatal(RecordStatus.ContentFilter, $"{facts.Host} refused the content ({status}{quoted})");
        if (status is 429)
            return RateLimited(headers, words, facts, quoted, now);

        return status switch
        {
            403 => Fatal(RecordStatus.KeyRefused, $"{facts.Host} does not allow this key to use {facts.Model} (403{quoted}); {facts.KeyRemedy}"),
            404 => Fatal(RecordStatus.UnknownModel, NotFound(error, facts, quoted)),
            >= 300 and < 400 => Fatal(RecordStatus.EndpointFailed, $"{facts.Url} redirects to {UntrustedText.Clean(headers.Location?.GetLeftPart(UriPartial.Path) ?? "another address")}, which is not followed; write the final address as api_base"),
            408 or 409 or 425 or 504 or 524 => Passing(headers, words, now, $"{facts.Host} gave up ({status}{quoted})", mayBePaid: status is not 409 and not 425),
            >= 500 => Passing(headers, words, now, $"{facts.Host} failed ({status}{quoted})", mayBePaid: false),
            _ => Refused(status, error, code, words, facts, quoted),
        };
    }

    private static CallFailure Refused(int status, ErrorBody error, string code, string words, RequestFacts facts, string quoted)
    {
        if (code is "context_length_exceeded" or "string_above_max_length" || ContextWords().IsMatch(words))
            return Fatal(RecordStatus.ContextTooLong, $"the prompt and max_tokens are more than {facts.Model} takes ({status}{quoted}); lower max_tokens, or leave the question to models with a longer context");
        if (code is "model_not_found" or "model_not_available" || ModelWords().IsMatch(words))
            return Fatal(RecordStatus.UnknownModel, NotFound(error, facts, quoted));
        if (UnsupportedParameter.Named(error, words) is { } parameter)
            return Fatal(RecordStatus.UnsupportedParameter, $"{facts.Model} does not take {parameter} ({status}{quoted}); {UnsupportedParameter.Remedy(parameter, facts.Name)}");
        return error.IsHtml
            ? Fatal(RecordStatus.EndpointFailed, $"{facts.Url} answers with a web page ({status}); is api_base right? Most end with /v1")
            : Fatal(RecordStatus.EndpointFailed, $"{facts.Host} refused the request ({status}{quoted})");
    }

    private static CallFailure RateLimited(HttpResponseHeaders headers, string words, RequestFacts facts, string quoted, DateTimeOffset now) =>
        new(RecordStatus.EndpointFailed,
            $"{facts.Host} takes no more calls for now (429{quoted}); set rpm or tpm to what the account allows",
            RetryHint.From(headers, words, now) ?? TimeSpan.FromSeconds(1),
            Kind: FailureKind.RateLimit);

    private static CallFailure Passing(HttpResponseHeaders headers, string words, DateTimeOffset now, string reason, bool mayBePaid) =>
        new(RecordStatus.EndpointFailed, reason, RetryHint.From(headers, words, now) ?? TimeSpan.FromSeconds(1), mayBePaid, FailureKind.Endpoint);

    private static CallFailure Fatal(RecordStatus status, string reason) => new(status, reason);

    private static string NotFound(ErrorBody error, RequestFacts facts, string quoted) =>
        error.IsHtml || error.Message is null or "" || AddressWords().IsMatch(error.Message)
            ? $"there is nothing at {facts.Url} (404); is api_base right? Most end with /v1"
            : $"{facts.Host} does not know the model {facts.Model}{quoted}; correct model: of {facts.Name} in the endpoints file";

    // Google's ordinary 429 speaks of a quota too: only codes and billing words count there.
    private static bool IsQuota(int status, ErrorBody error, string words) =>
        status is 402
        || error.Code is "insufficient_quota" or "billing_hard_limit_reached" or "billing_not_active" or "insufficient_balance"
        || error.Type is "insufficient_quota" or "billing_error"
        || (status is 400 or 403 or 429 && BillingWords().IsMatch(words));

    private static bool IsFiltered(int status, ErrorBody error, string words) =>
        error.Code is "content_filter" or "content_policy_violation" or "ResponsibleAIPolicyViolation" or "data_inspection_failed" or "moderation_blocked"
        || (status is 400 or 403 && FilterWords().IsMatch(words));

    [GeneratedRegex(@"incorrect api key|invalid api key|api key not valid|invalid x-api-key|api key.{0,20}(is missing|was not provided|required)|no auth credentials", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KeyWords();

    [GeneratedRegex(@"credit balance is too low|insufficient (balance|credit|funds)|billing (hard )?limit|payment required|exhausted.{0,20}credit", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BillingWords();

    [GeneratedRegex(@"content management policy|content[ _]filter|content policy|flagged (by|for|as)|requires moderation|safety system|content exists risk|inappropriate content", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FilterWords();

    [GeneratedRegex(@"context (length|window)|maximum (context|model|input|prompt|allowed).{0,20}(length|tokens)|prompt is too long|input is too long|too many (input )?tokens|tokens? (count )?exceed|reduce the length|longer than the maximum|exceeds? the (model'?s )?max|input length.{0,40}exceed", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ContextWords();

    [GeneratedRegex(@"model.{0,80}(does not exist|not found|is not (a )?(valid|supported|available)|not exist)|(unknown|invalid|no such) model\b|not a valid model", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ModelWords();

    [GeneratedRegex(@"^not found\.?$|page not found|invalid url|no (handler|route)|unknown (url|path)|resource not found", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AddressWords();
}

/// <summary>What reasons say about the request. Holds no secret.</summary>
/// <param name="Name">The model's name in the endpoints file.</param>
/// <param name="Model">The name sent.</param>
/// <param name="Url">Without its query.</param>
internal sealed record RequestFacts(string Name, string Model, string Host, string Url, string KeyRemedy);
