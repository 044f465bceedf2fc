using System.Text;
using ArenaBench.Core.Records;
using Microsoft.Extensions.AI;

namespace ArenaBench.Core.Models.Providers;

/// <summary>Reads a provider's response: the answer, the thinking taken out of it, how it ended.</summary>
internal static class ReplyReader
{
    private const string ThinkStart = "<think>";
    private const string ThinkEnd = "</think>";

    public static ModelReply Read(ChatResponse response, Quirks quirks, double latencyMs, string host)
    {
        var (text, thought, refusal) = Contents(response);
        if (thought is null)
            (text, thought) = Split(text, quirks.ThinkEnd);
        var (status, reason) = Status(response.FinishReason, text, thought, refusal, host);
        return new ModelReply(
            status,
            status is RecordStatus.Ok or RecordStatus.Truncated ? text : null,
            thought,
            reason,
            Usage(response.Usage),
            latencyMs,
            response.ModelId is { Length: > 0 } version ? version : null,
            Attempts: 1,
            RetryAfter: null);
    }

    private static (RecordStatus, string?) Status(ChatFinishReason? finish, string text, string? thought, string? refusal, string host)
    {
        if (finish == ChatFinishReason.ContentFilter || (refusal is not null && string.IsNullOrWhiteSpace(text)))
            return (RecordStatus.ContentFilter, $"{host} withheld the answer by its content filter");
        if (!string.IsNullOrWhiteSpace(text))
            return finish == ChatFinishReason.Length ? (RecordStatus.Truncated, RecordEnvelope.CutAtLimit) : (RecordStatus.Ok, null);
        return (RecordStatus.Empty, finish == ChatFinishReason.Length
            ? "max_tokens were used up before the answer began; raise max_tokens"
            : thought is { Length: > 0 } ? "the model thought and did not answer" : "the answer is empty");
    }

    private static (string Text, string? Thought, string? Refusal) Contents(ChatResponse response)
    {
        string? single = null;
        StringBuilder? text = null, thought = null;
        string? refusal = null;
        foreach (var message in response.Messages)
        {
            foreach (var content in message.Contents)
            {
                switch (content)
                {
                    case TextReasoningContent { Text.Length: > 0 } reasoning:
                        (thought ??= new StringBuilder()).Append(reasoning.Text);
                        break;
                    case TextContent { Text.Length: > 0 } part when single is null && text is null:
                        single = part.Text;
                        break;
                    case TextContent { Text.Length: > 0 } part:
                        (text ??= new StringBuilder(single)).Append(part.Text);
                        break;
                    case ErrorContent error:
                        refusal = error.Message;
                        break;
                }
            }
        }

        return (text?.ToString() ?? single ?? "", thought?.ToString(), refusal);
    }

    /// <summary>A block of thinking at the very beginning is no part of the answer. One that never ends is all there is.</summary>
    internal static (string Text, string? Thought) Split(string text, string? thinkEnd)
    {
        var begin = text.AsSpan().TrimStart();
        if (begin.StartsWith(ThinkStart, StringComparison.Ordinal))
        {
            var inner = begin[ThinkStart.Length..];
            var end = inner.IndexOf(thinkEnd ?? ThinkEnd, StringComparison.Ordinal);
            return end < 0
                ? ("", inner.Trim().ToString())
                : (inner[(end + (thinkEnd ?? ThinkEnd).Length)..].TrimStart().ToString(), inner[..end].Trim().ToString());
        }

        var at = thinkEnd is { Length: > 0 } ? text.IndexOf(thinkEnd, StringComparison.Ordinal) : -1;
        return at < 0 ? (text, null) : (text[(at + thinkEnd!.Length)..].TrimStart(), text[..at].Trim());
    }

    private static TokenUsage? Usage(UsageDetails? usage) => usage is null
        ? null
        : new TokenUsage(usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0, usage.ReasoningTokenCount ?? 0, usage.CachedInputTokenCount ?? 0);
}
