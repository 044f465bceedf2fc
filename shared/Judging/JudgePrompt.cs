using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Models;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Judging;

/// <summary>What a judge is sent for one game.</summary>
/// <param name="Messages">System prompt, few-shot messages, then the user's.</param>
/// <param name="UserPrompt">The last user message: what records keep.</param>
/// <param name="Missing">What the prompt asks for and the records do not have, such as <c>{ref_answer_1}</c>; when not empty,
/// the prompt must not be sent.</param>
public sealed record JudgePrompt(IReadOnlyList<ChatTurn> Messages, string UserPrompt, IReadOnlyList<string> Missing)
{
    /// <param name="answerA">Single: the answer. Pairwise: shown first, the baseline's in game 1, the model's in game 2.</param>
    /// <param name="answerB">Pairwise only.</param>
    /// <param name="references">In the order of <see cref="JudgeConfig.ReferenceModels"/>.</param>
    public static JudgePrompt Build(
        JudgeConfig config, Question question, Answer answerA, Answer? answerB, IReadOnlyList<Answer> references)
    {
        var parsed = ParsedPrompt.Of(config, question.Turns.Count);
        var values = new PromptValues(question, answerA, answerB, references, parsed.Guard is { } guard ? guard.Clean : static text => text);
        var missing = new List<string>();
        var prompts = parsed.Templates.Select(t => t.Fill(values.Get, missing)).ToList();

        var messages = Before(config, question.Category, missing);
        messages.AddRange(prompts.Select(p => new ChatTurn("user", p)));
        return new JudgePrompt(messages, prompts.Count > 0 ? prompts[^1] : "", missing.ConvertAll(Braced));
    }

    public ModelRequest ToRequest(JudgeConfig config) => new(Messages, config.Temperature, config.MaxTokens);

    /// <summary>The next request after replies without a score; null when no attempt is left.</summary>
    public ModelRequest? FollowUp(JudgeConfig config, IReadOnlyList<string> replies)
    {
        if (replies.Count >= config.Attempts) return null;
        var messages = Messages.ToList();
        foreach (var reply in replies)
        {
            messages.Add(new ChatTurn("assistant", reply));
            messages.Add(new ChatTurn("user", config.FollowUp));
        }
        return new ModelRequest(messages, config.Temperature, config.MaxTokens);
    }

    /// <summary>The judge's replies to one prompt as one text: what is recorded and scored. The v0.1 rule starts each on a new line, as published.</summary>
    public static string JoinReplies(ScoreRule rule, IReadOnlyList<string> replies) =>
        rule == ScoreRule.AllMatchesAgree ? string.Concat(replies.Select(r => "\n" + r)) : string.Join('\n', replies);

    /// <summary>The messages of a game whose user prompt is recorded.</summary>
    internal static IReadOnlyList<ChatTurn> Around(JudgeConfig config, string category, string userPrompt)
    {
        var messages = Before(config, category, []);
        messages.Add(new ChatTurn("user", userPrompt));
        return messages;
    }

    private static List<ChatTurn> Before(JudgeConfig config, string category, List<string> missing)
    {
        var messages = new List<ChatTurn>();
        var system = config.SystemPromptFor(category);
        if (!string.IsNullOrEmpty(system)) messages.Add(new ChatTurn("system", system));
        else if (config.SystemPromptByCategory.Count > 0) missing.Add($"system prompt of category {category}");
        messages.AddRange(config.FewShot);
        return messages;
    }

    private static string Braced(string name) => name.Contains(' ') ? name : $"{{{name}}}";
}
