using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Models;

namespace ArenaBench.Core.Runs;

/// <summary>The exchange with a judge: its reply, and where the benchmark says so a follow-up when no verdict was in it. Keeps what it
/// was told when the next call has to wait.</summary>
internal sealed class JudgePlay(JudgeConfig config, ModelSettings judge, JudgePrompt prompt, TimeProvider time)
{
    private readonly List<string> _replies = [];
    private double _latencyMs;

    /// <returns>The last reply, with the latency of all, and the game, if one came of it.</returns>
    public async Task<(ModelReply Reply, Game? Game)> RunAsync(IModelCaller caller, CallContext context, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var request = _replies.Count == 0 ? prompt.ToRequest(config) : prompt.FollowUp(config, _replies)!;
        for (var calls = 0; ; )
        {
            if (calls++ > 0 && !CallTime.HasRoomFor(judge.Timeout, time.GetElapsedTime(started)))
                return (ModelReply.Held("The exchange is long and goes on in another activity.", TimeSpan.FromSeconds(1)), null);
            var reply = await caller.CallAsync(judge, WithJudgeDefaults(request), context, cancellationToken);
            _latencyMs += reply.LatencyMs;
            reply = reply with { LatencyMs = _latencyMs };
            if (!reply.HasText)
                return (reply, null);

            _replies.Add(reply.Text!);
            var text = JudgePrompt.JoinReplies(config.Rule, _replies);
            var score = ScoreParser.Parse(config, text);
            if (!ScoreParser.MayAskAgain(score) || prompt.FollowUp(config, _replies) is not { } next)
                return (reply, new Game(prompt.UserPrompt, text, reply.Thought, score));
            request = next;
        }
    }

    private ModelRequest WithJudgeDefaults(ModelRequest request) => request with
    {
        Temperature = request.Temperature ?? judge.Temperature,
        MaxTokens = request.MaxTokens ?? judge.MaxTokens,
    };
}
