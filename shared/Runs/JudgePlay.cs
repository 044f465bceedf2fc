using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Models;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Runs;

/// <summary>The exchange with a judge: its reply, and where the benchmark says so a follow-up when no verdict was in it.</summary>
internal sealed class JudgePlay(JudgeConfig config, ModelSettings judge, IModelCaller caller, CallContext context)
{
    public async Task<(ModelReply Reply, Game? Game)> RunAsync(JudgePrompt prompt, CancellationToken cancellationToken)
    {
        var request = WithJudgeDefaults(prompt.ToRequest(config));
        var replies = new List<string>();
        TokenUsage? usage = null;
        var (attempts, latency) = (0, 0.0);

        while (true)
        {
            var reply = await caller.CallAsync(judge, request, context, cancellationToken);
            attempts += reply.Attempts;
            usage = usage.Plus(reply.Usage);
            latency += reply.LatencyMs;
            reply = reply with { Attempts = attempts, Usage = usage, LatencyMs = latency };
            if (!reply.HasText)
                return (reply, null);

            replies.Add(reply.Text!);
            var text = JudgePrompt.JoinReplies(config.Rule, replies);
            var score = ScoreParser.Parse(config, text);
            if (!ScoreParser.MayAskAgain(score) || prompt.FollowUp(config, replies) is not { } next)
                return (reply, new Game(prompt.UserPrompt, text, reply.Thought, score));
            request = WithJudgeDefaults(next);
        }
    }

    private ModelRequest WithJudgeDefaults(ModelRequest request) => request with
    {
        Temperature = request.Temperature ?? judge.Temperature,
        MaxTokens = request.MaxTokens ?? judge.MaxTokens,
    };
}
