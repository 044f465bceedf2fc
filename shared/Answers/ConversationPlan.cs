using ArenaBench.Core.Models;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Answers;

/// <summary>The conversation that makes one choice of an answer: each turn is asked with everything said before.</summary>
public static class ConversationPlan
{
    /// <summary>The request for the turn after <paramref name="repliesSoFar"/>; null when every turn has its reply.</summary>
    /// <exception cref="ArgumentException">There are more replies than turns.</exception>
    public static ModelRequest? NextRequest(
        Question question, GenerationSettings settings, IReadOnlyList<string> repliesSoFar)
    {
        if (repliesSoFar.Count > question.Turns.Count)
            throw new ArgumentException(
                $"Question {question.Id} has {question.Turns.Count} turns but {repliesSoFar.Count} replies.", nameof(repliesSoFar));
        if (repliesSoFar.Count == question.Turns.Count) return null;

        var messages = new List<ChatTurn>(2 * repliesSoFar.Count + 2);
        if (!string.IsNullOrEmpty(settings.SystemPrompt)) messages.Add(new ChatTurn("system", settings.SystemPrompt));
        for (var turn = 0; turn < repliesSoFar.Count; turn++)
        {
            messages.Add(new ChatTurn("user", question.Turns[turn]));
            messages.Add(new ChatTurn("assistant", repliesSoFar[turn]));
        }
        messages.Add(new ChatTurn("user", question.Turns[repliesSoFar.Count]));
        return new ModelRequest(messages, settings.Temperature, settings.MaxTokens);
    }
}
