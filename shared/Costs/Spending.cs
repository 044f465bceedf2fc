using System.Text.Json.Serialization;
using ArenaBench.Core.Models;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Costs;

/// <summary>What calls have used, as the endpoints reported it.</summary>
/// <param name="Calls">That were or may have been paid for.</param>
/// <param name="Reasoning">Part of <paramref name="Output"/>.</param>
/// <param name="CachedInput">Part of <paramref name="Input"/>.</param>
/// <param name="Usd">Of what was reported; 0 without a price.</param>
/// <param name="Unreported">Of <paramref name="Calls"/>, those whose use nobody reported, with what they cost at most: time-outs, broken
/// connections, calls in flight when a host died.</param>
public sealed record Spending(
    int Calls,
    long Input,
    long Output,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Reasoning = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long CachedInput = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] decimal Usd = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CallBound? Unreported = null)
{
    public static Spending None { get; } = new(0, 0, 0);

    /// <summary>As if every unreported call had cost the most it can.</summary>
    [JsonIgnore]
    public Amount AtMost => new Amount(Usd, Input + Output) + (Unreported?.Amount ?? Amount.Zero);

    /// <summary>As records have it; null when nothing was reported.</summary>
    [JsonIgnore]
    public TokenUsage? Usage => Input == 0 && Output == 0 ? null : new TokenUsage(Input, Output, Reasoning, CachedInput);

    /// <summary>What a record says of its calls.</summary>
    public static Spending Of(RecordEnvelope line, Price? price)
    {
        var usage = line.Usage ?? new TokenUsage(0, 0);
        return new Spending(
            line.Attempts, usage.Input, usage.Output, usage.Reasoning, usage.CachedInput, price?.CostOf(usage) ?? 0, line.Unreported);
    }

    /// <summary>What one call came to.</summary>
    public static Spending Of(ModelReply reply, Price? price, CallBound bound)
    {
        var reported = reply.Usage is { } usage
            ? new Spending(1, usage.Input, usage.Output, usage.Reasoning, usage.CachedInput, price?.CostOf(usage) ?? 0)
            : None;
        var silent = reply.Attempts - reported.Calls;
        return silent <= 0 ? reported : reported.Plus(OfLost(new CallBound(silent, bound.Input * silent, bound.Output * silent, bound.Usd * silent)));
    }

    /// <summary>Calls of which nothing is known but that they may have been made.</summary>
    public static Spending OfLost(CallBound bound) => new(bound.Calls, 0, 0, Unreported: bound);

    public Spending Plus(Spending other) => new(
        Calls + other.Calls, Input + other.Input, Output + other.Output, Reasoning + other.Reasoning, CachedInput + other.CachedInput,
        Usd + other.Usd, (Unreported, other.Unreported) switch
        {
            (null, var more) => more,
            (var more, null) => more,
            var (a, b) => a.Plus(b),
        });

    /// <summary>What of a record's calls was not counted before.</summary>
    public Spending Less(Spending? before) => before is null ? this : new(
        Calls - before.Calls, Input - before.Input, Output - before.Output, Reasoning - before.Reasoning,
        CachedInput - before.CachedInput, Usd - before.Usd, Rest(Unreported, before.Unreported));

    private static CallBound? Rest(CallBound? all, CallBound? before) => (all, before) switch
    {
        (_, null) => all,
        (null, _) => null,
        var (a, b) when a == b => null,
        var (a, b) => new CallBound(a.Calls - b.Calls, a.Input - b.Input, a.Output - b.Output, a.Usd - b.Usd),
    };
}
