using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Costs;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>What is left of a shard of a run with a budget, and what each piece of it costs at most.</summary>
public sealed class WorkBounds(RunParts parts)
{
    /// <summary>Questions without those that are recorded; of the rest, the games that are not.</summary>
    public async Task<IReadOnlyList<BoundedWork>> OpenOfAsync(FrozenRun run, int model, int shard, CancellationToken cancellationToken)
    {
        var open = new List<BoundedWork>();
        foreach (var item in run.Plan!.Models[model].Shards[shard])
        {
            var (id, name, part) = (run.Questions[item.Question].Question.Id, run.Spec.AnsweringModels[model].Name, PartNames.Shard(run.Spec.Attempt, model, shard));
            var answer = item.Answer && !await IsRecordedAsync(RecordKey.ForAnswer(id, name));
            var games = new List<int>();
            foreach (var game in item.Games)
            {
                if (!await IsRecordedAsync(RecordKey.ForGame(id, name, run.Spec.Judges[game / 2].Name, game % 2 + 1)))
                    games.Add(game);
            }

            if (answer || games.Count > 0)
                open.Add(await BoundAsync(run, model, new QuestionWork(item.Question, answer, games), cancellationToken));

            async Task<bool> IsRecordedAsync(RecordKey key) => await parts.FindAsync(run.Spec.Run, part, key, cancellationToken) is not null;
        }

        return open;
    }

    /// <summary>What a question of a model costs at most, one of the cheaper ones.</summary>
    public async Task<Amount> LeastOfAsync(FrozenRun run, int model, CancellationToken cancellationToken)
    {
        var open = await OpenOfAsync(run, model, 0, cancellationToken);
        return open.Count == 0 ? Amount.Zero : open.Select(item => item.Bound.Of(item.Work.Games)).MinBy(whole => (whole.Usd, whole.Tokens));
    }

    /// <summary>One game of each judge, in their order, now that the answer is there.</summary>
    public async Task<IReadOnlyList<Amount>> OfGamesAsync(FrozenRun run, int model, int question, CancellationToken cancellationToken)
    {
        var material = await GameMaterial.ReadAsync(parts, run, model, question, cancellationToken);
        // What is missing is recorded without a call.
        return material.Missing is not null
            ? [.. run.Spec.Judges.Select(_ => Amount.Zero)]
            : OfGames(run, CallBound.InputOf(material.PromptFor(run.Spec.Judging, 1).Messages));
    }

    private async Task<BoundedWork> BoundAsync(FrozenRun run, int model, QuestionWork work, CancellationToken cancellationToken)
    {
        if (!work.Answer)
            return new BoundedWork(work, new ItemBound(Amount.Zero, await OfGamesAsync(run, model, work.Question, cancellationToken)));
        var (spec, asked, settings) = (run.Spec, run.Questions[work.Question], run.Spec.AnsweringModels[model].Settings!);
        var answer = CallBound.OfAnswer(settings, spec.Generation, asked.Question);
        if (work.Games.Count == 0)
            return new BoundedWork(work, new ItemBound(answer.Amount, []));

        // A provision: an answer as long as it may get, and a baseline's that is as long. It is put right when the answer is there.
        var longest = answer.Output / Math.Max(1, spec.Generation.Choices);
        var frame = GameMaterial.FrameOf(spec.Judging, asked);
        var shown = spec.Judging.Mode == JudgingMode.Single ? longest : 2 * longest;
        return new BoundedWork(work, new ItemBound(answer.Amount, OfGames(run, frame + shown)));
    }

    private static IReadOnlyList<Amount> OfGames(FrozenRun run, long promptTokens) =>
        [.. run.Spec.Judges.Select(judge => CallBound.OfGame(judge.Settings!, run.Spec.Judging, promptTokens).Amount)];
}

public sealed record BoundedWork(QuestionWork Work, ItemBound Bound);

/// <summary>What a question costs at most.</summary>
/// <param name="Answer">Zero where the answer is there.</param>
/// <param name="Games">One game of each judge, in their order.</param>
public sealed record ItemBound(Amount Answer, IReadOnlyList<Amount> Games)
{
    /// <summary>The answer, and these games: judge × 2 + (game − 1).</summary>
    public Amount Of(IEnumerable<int> games) =>
        games.Aggregate(Answer, (sum, game) => game / 2 < Games.Count ? sum + Games[game / 2] : sum);
}
