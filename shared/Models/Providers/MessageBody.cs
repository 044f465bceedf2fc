using System.Text.Json;
using ArenaBench.Core.Models.Failures;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Models.Providers;

/// <summary>Checks a message of Anthropic's API before its SDK reads it lazily and fails somewhere else.</summary>
internal static class MessageBody
{
    /// <exception cref="CallFailedException">Not a message.</exception>
    public static byte[] Check(byte[] body, RequestFacts facts)
    {
        if (ErrorBody.LooksLikeHtml(body))
        {
            throw new CallFailedException(new CallFailure(RecordStatus.Malformed,
                $"{facts.Url} answers with a web page; is api_base right?", TimeSpan.FromSeconds(1), MayBePaid: true, FailureKind.WebPage));
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array)
                return body;
        }
        catch (JsonException)
        {
        }

        throw new CallFailedException(new CallFailure(RecordStatus.Malformed,
            $"{facts.Host} answered with JSON that is no message, or cut off", TimeSpan.FromSeconds(1), MayBePaid: true));
    }
}
