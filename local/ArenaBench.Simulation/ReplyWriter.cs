using ArenaBench.Simulation.Chat;
using ArenaBench.Simulation.Judging;
using ArenaBench.Simulation.Models;

namespace ArenaBench.Simulation;

/// <summary>What a model replies: a judgment of the answers that the request holds, or an answer to its question.</summary>
internal static class ReplyWriter
{
    public static ChatReply Write(SimulatedModel model, ChatRequest request, ulong seed)
    {
        var prompt = JudgePrompt.Find(request);
        var choices = new ReplyChoice[request.Choices];
        var (tokens, thinking) = (0, 0);
        for (var i = 0; i < choices.Length; i++)
        {
            var written = prompt is null
                ? AnswerWriter.Write(model, request, seed, i)
                : new WrittenAnswer(SimulatedJudge.Judge(model, prompt, StableHash.Mix(seed, (ulong)i)), null);
            choices[i] = Choice(model, request, written, ref tokens, ref thinking);
        }
        return new ChatReply(model.Name, request.Key, choices, request.PromptTokens, tokens, thinking);
    }

    private static ReplyChoice Choice(SimulatedModel model, ChatRequest request, WrittenAnswer written, ref int tokens, ref int thinking)
    {
        var thoughtTokens = written.Thought is null ? 0 : TokenCount.Of(written.Thought);
        thinking += thoughtTokens;
        var room = Math.Max(0, (request.OutputLimit ?? int.MaxValue) - thoughtTokens);
        var text = TokenCount.Of(written.Text) > room ? TokenCount.Cut(written.Text, room) : written.Text;
        tokens += thoughtTokens + TokenCount.Of(text);
        var finish = text.Length < written.Text.Length ? "length" : "stop";
        return model.Thinking switch
        {
            ThinkingStyle.ReasoningContent => new ReplyChoice(text, written.Thought, finish),
            ThinkingStyle.ThinkTags when written.Thought is not null => new ReplyChoice($"<think>\n{written.Thought}\n</think>\n\n{text}", null, finish),
            _ => new ReplyChoice(text, null, finish),
        };
    }
}
