using System.Collections.Concurrent;
using System.Globalization;
using ArenaBench.Simulation.Chat;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Simulation.Limits;

/// <summary>Lets calls in or refuses them, and writes the <c>x-ratelimit-*</c> headers that OpenAI's interface writes.</summary>
internal sealed class LimitKeeper(EndpointLimits limits, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.Ordinal);

    /// <returns>Null where the call may go on.</returns>
    public ApiError? TryEnter(ChatRequest request, int inFlight, HttpResponse response)
    {
        if (limits.Parallel is { } parallel && inFlight > parallel)
            return Refuse(response, $"{parallel} calls at once", TimeSpan.FromMilliseconds(100));
        if (limits.Rpm is null && limits.Tpm is null)
            return null;
        var gate = _gates.GetOrAdd(limits.PerModel ? request.Model : "", _ => new Gate(limits, time));
        var tokens = request.PromptTokens + (request.OutputLimit ?? 0);
        if (gate.Requests is { } requests)
        {
            var taken = requests.TryTake(1, out var left, out var wait);
            Describe(response, "requests", requests, left);
            if (!taken)
                return Refuse(response, $"{requests.PerMinute} requests per min", wait);
        }
        if (gate.Tokens is { } allowance)
        {
            var taken = allowance.TryTake(tokens, out var left, out var wait);
            Describe(response, "tokens", allowance, left);
            if (!taken)
            {
                gate.Requests?.GiveBack(1);
                return Refuse(response, $"{allowance.PerMinute} tokens per min", wait);
            }
        }
        return null;
    }

    private ApiError Refuse(HttpResponse response, string what, TimeSpan wait)
    {
        if (limits.SendRetryAfter)
            RetryAfter(response, wait);
        return ApiError.RateLimited(what);
    }

    /// <summary>Whole seconds, as the header wants them, and milliseconds as OpenAI adds them.</summary>
    public static void RetryAfter(HttpResponse response, TimeSpan wait)
    {
        response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        response.Headers["retry-after-ms"] = Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
    }

    private static void Describe(HttpResponse response, string what, Allowance allowance, double left)
    {
        response.Headers["x-ratelimit-limit-" + what] = allowance.PerMinute.ToString(CultureInfo.InvariantCulture);
        response.Headers["x-ratelimit-remaining-" + what] = Math.Floor(left).ToString(CultureInfo.InvariantCulture);
        response.Headers["x-ratelimit-reset-" + what] =
            string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(allowance.UntilFull.TotalMilliseconds)}ms");
    }

    private sealed class Gate(EndpointLimits limits, TimeProvider time)
    {
        public Allowance? Requests { get; } = limits.Rpm is { } rpm ? new Allowance(rpm, limits.BurstSeconds, time) : null;

        public Allowance? Tokens { get; } = limits.Tpm is { } tpm ? new Allowance(tpm, limits.BurstSeconds, time) : null;
    }
}
