using System.Text;
using System.Text.Json.Serialization;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Models;
using ArenaBench.Core.Models.Providers;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Costs;

/// <summary>What calls cost at most, before they are made or where nobody said what they used.</summary>
/// <param name="Calls">Attempts that may be paid.</param>
/// <param name="Usd">At the full price; 0 without one.</param>
public sealed record CallBound(int Calls, long Input, long Output, decimal Usd)
{
    /// <summary>Around a message and around the whole: roles, markers, what a server's chat template adds.</summary>
    private const int TokensPerMessage = 16;
    private const int TokensPerCall = 64;

    public static CallBound None { get; } = new(0, 0, 0, 0);

    [JsonIgnore]
    public Amount Amount => new(Usd, Input + Output);

    /// <summary>One call. Whatever the tokenizer: none makes more tokens of a text than it has bytes.</summary>
    public static CallBound Of(ModelSettings model, ModelRequest request) =>
        Of(model, 1, InputOf(request.Messages), OutputLimit.Of(model, request.MaxTokens) ?? 0);

    /// <summary>All calls of one answer: each choice a conversation, each turn sent with all that was said before.</summary>
    public static CallBound OfAnswer(ModelSettings model, GenerationConfig generation, Question question)
    {
        var limit = OutputLimit.Of(model, model.MaxTokens ?? generation.MaxTokens) ?? 0;
        var said = TokensPerCall + (model.SystemPrompt is { } system ? InputOf(system) : 0L);
        var (input, calls) = (0L, question.Turns.Count * generation.Choices);
        foreach (var turn in question.Turns)
        {
            said += InputOf(turn);
            input += said;
            said += limit + TokensPerMessage;
        }

        return Of(model, calls, input * generation.Choices, (long)limit * calls);
    }

    /// <summary>One game: the prompt, and where the benchmark asks again, each time the replies before it too.</summary>
    /// <param name="promptTokens">At most.</param>
    public static CallBound OfGame(ModelSettings judge, JudgeConfig config, long promptTokens)
    {
        var limit = OutputLimit.Of(judge, config.MaxTokens ?? judge.MaxTokens) ?? 0;
        var attempts = Math.Max(1, config.Attempts);
        var again = limit + InputOf(config.FollowUp) + TokensPerMessage;
        return Of(judge, attempts, (promptTokens * attempts) + (again * attempts * (attempts - 1) / 2), (long)limit * attempts);
    }

    /// <summary>Tokens of a prompt at most.</summary>
    public static long InputOf(IEnumerable<ChatTurn> messages) => TokensPerCall + messages.Sum(message => InputOf(message.Content));

    public CallBound Plus(CallBound other) => new(Calls + other.Calls, Input + other.Input, Output + other.Output, Usd + other.Usd);

    private static long InputOf(string text) => Encoding.UTF8.GetByteCount(text) + TokensPerMessage;

    private static CallBound Of(ModelSettings model, int calls, long input, long output)
    {
        var price = model.Price;
        var dearest = price is null ? 0 : Math.Max(price.Input, price.CachedInput ?? 0);
        return new CallBound(calls, input, output, price is null ? 0 : ((input * dearest) + (output * price.Output)) / 1_000_000m);
    }
}
