using System.Text;
using ArenaBench.Simulation.Chat;
using ArenaBench.Simulation.Limits;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Simulation.Faults;

/// <summary>Carries faults out: instead of an answer, or upon one.</summary>
internal static class FaultActions
{
    private static readonly TimeSpan ADay = TimeSpan.FromDays(1);

    /// <summary>Faults that leave no answer, and cost nothing.</summary>
    /// <returns>False: the call goes on.</returns>
    public static async Task<bool> ActAsync(FaultRule rule, ChatRequest request, HttpContext http, TimeProvider time)
    {
        if (rule.RetryAfterSeconds is { } after && rule.Kind is FaultKind.RateLimit or FaultKind.Unavailable)
            LimitKeeper.RetryAfter(http.Response, TimeSpan.FromSeconds(after));
        if (ErrorOf(rule, request) is { } error)
        {
            await ChatHttp.SendAsync(http, error);
            return true;
        }
        switch (rule.Kind)
        {
            case FaultKind.Reset:
                http.Abort();
                return true;
            case FaultKind.Hang:
                await Task.Delay(rule.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : ADay, time, http.RequestAborted);
                http.Abort();
                return true;
            case FaultKind.SlowFirstByte:
                await Task.Delay(TimeSpan.FromSeconds(rule.Seconds ?? 5), time, http.RequestAborted);
                return false;
            case FaultKind.Html:
                await SendPageAsync(http, rule.Status ?? 200);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Faults of an answer's content.</summary>
    public static ChatReply Spoil(FaultRule? rule, ChatReply reply) => rule?.Kind switch
    {
        FaultKind.EmptyChoices => reply with { Choices = [] },
        FaultKind.EmptyContent => reply with { Choices = [new ReplyChoice("", null, "stop")], CompletionTokens = 0 },
        FaultKind.ContentFilter => reply with { Choices = [new ReplyChoice("", null, "content_filter")], CompletionTokens = 0 },
        FaultKind.Length => WithText(reply, text => Half(text), "length"),
        FaultKind.NoVerdict => WithText(reply, text => text.Replace("[[", "", StringComparison.Ordinal).Replace("]]", " of some kind", StringComparison.Ordinal), "stop"),
        FaultKind.TwoVerdicts => WithText(reply, text => $"{text}\n\nOr else: {AnotherVerdict(text)}", "stop"),
        _ => reply,
    };

    /// <summary>Faults of an answer's transport.</summary>
    public static async Task SendAsync(FaultRule? rule, HttpContext http, ChatRequest request, ChatReply reply)
    {
        var json = rule?.Kind is FaultKind.TruncatedJson or FaultKind.CutBody ? reply.ToJson() : default;
        switch (rule?.Kind)
        {
            case FaultKind.TruncatedJson:
                await ChatHttp.SendJsonAsync(http, 200, json[..(json.Length / 2)]);
                break;
            case FaultKind.CutBody:
                http.Response.ContentType = "application/json";
                http.Response.ContentLength = json.Length;
                await http.Response.Body.WriteAsync(json[..(json.Length / 2)], http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                http.Abort();
                break;
            default:
                await ChatHttp.SendAsync(http, request, reply);
                break;
        }
    }

    private static ApiError? ErrorOf(FaultRule rule, ChatRequest request) => rule.Kind switch
    {
        FaultKind.RateLimit => ApiError.RateLimited("a simulated fault"),
        FaultKind.InsufficientQuota => ApiError.NoQuota(),
        FaultKind.ServerError => ApiError.Server(rule.Status ?? 500),
        FaultKind.Unavailable => ApiError.Overloaded(),
        FaultKind.ContentFilterError => ApiError.ContentFiltered(),
        FaultKind.ContextLength => ApiError.ContextTooLong(Math.Max(1, request.PromptTokens / 2), request.PromptTokens),
        FaultKind.InvalidKey => ApiError.WrongKey(),
        FaultKind.UnknownModel => ApiError.NoSuchModel(request.Model, ["none, while this fault lasts"]),
        FaultKind.UnsupportedParameter => ApiError.UnsupportedParameter(rule.Parameter ?? "max_tokens", "Leave it out."),
        _ => null,
    };

    private static ChatReply WithText(ChatReply reply, Func<string, string> change, string finishReason) =>
        reply with { Choices = [.. reply.Choices.Select(choice => choice with { Text = change(choice.Text ?? ""), FinishReason = finishReason })] };

    private static string AnotherVerdict(string text)
    {
        var isRating = text.Contains("Rating:", StringComparison.Ordinal);
        var (usual, other) = isRating ? ("[[1]]", "[[2]]") : ("[[A=B]]", "[[A>B]]");
        return text.Contains(usual, StringComparison.Ordinal) ? other : usual;
    }

    private static string Half(string text)
    {
        var at = text.Length / 2;
        return text[..(at > 0 && char.IsHighSurrogate(text[at - 1]) ? at - 1 : at)];
    }

    private static async Task SendPageAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.Body.WriteAsync(
            Encoding.UTF8.GetBytes("<!doctype html><html><head><title>Sign in</title></head><body>A simulated proxy's page in place of an answer.</body></html>"),
            http.RequestAborted);
    }
}
