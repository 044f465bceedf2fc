using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>Finds what of a run exists already, claims the rest, and cuts it into shards. May run twice: a plan is written once.</summary>
public sealed class RunPlanner(ArenaContainer store, RunCatalog runs, RecordPublisher publisher)
{
    /// <returns>The plan, or the run that has to end first.</returns>
    public async Task<(RunPlanFile? Plan, string? WaitFor)> PlanAsync(
        string runId, int attempt, Func<string, CancellationToken, Task<bool>> runHasEnded, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(runId, attempt, cancellationToken);
        if (run.Plan is not null)
            return (run.Plan, null);

        await PublishLeftoversAsync(runId, attempt, cancellationToken);
        var found = await FoundRecords.ReadAsync(store, run, new DamagedRecords(), cancellationToken);
        var claims = RunClaims.Of(run.Spec, found);
        if (await ClaimAsync(runId, claims, runHasEnded, cancellationToken) is { } other)
            return (null, other);

        // Looked at again under the claims: what another run published meanwhile is not paid for twice.
        var damaged = new DamagedRecords();
        found = await FoundRecords.ReadAsync(store, run, damaged, cancellationToken);
        var lanes = new LaneShares(run.Spec, found);
        var plan = new RunPlanFile(RunPlanFile.CurrentSchema, [.. found.Select((records, model) => WorkOf(run.Spec, records, model, lanes))], damaged.Named);
        await SeedPartsAsync(new FrozenRun(run.Spec, run.Questions, plan), found, cancellationToken);
        // Two planners of one run may meet here; the plan that was written first counts.
        if (await runs.WritePlanAsync(runId, attempt, plan, cancellationToken))
            ExpectParts(run.Spec, plan);
        return ((await runs.GetAsync(runId, attempt, cancellationToken)).Plan, null);
    }

    public Task ReleaseAsync(string runId, CancellationToken cancellationToken) => store.Claims.ReleaseAllAsync(runId, cancellationToken);

    /// <summary>What a run that has ended leaves behind: what it paid for is published, then others are let at what it had claimed.</summary>
    public async Task SettleAsync(string endedRun, Func<string, CancellationToken, Task<bool>> runHasEnded, CancellationToken cancellationToken)
    {
        await PublishLeftoversAsync(endedRun, int.MaxValue, cancellationToken);
        // Somebody may have started it again meanwhile.
        if (await runHasEnded(endedRun, cancellationToken))
            await ReleaseAsync(endedRun, cancellationToken);
    }

    private async Task<string?> ClaimAsync(
        string runId, IReadOnlyList<string> claims, Func<string, CancellationToken, Task<bool>> runHasEnded, CancellationToken cancellationToken)
    {
        foreach (var claim in claims)
        {
            while (await store.Claims.TryClaimAsync(claim, runId, cancellationToken) is { } holder)
            {
                if (!await runHasEnded(holder, cancellationToken))
                {
                    // All or nothing, so that two runs never wait for one another.
                    await store.Claims.ReleaseAllAsync(runId, cancellationToken);
                    return holder;
                }

                await PublishLeftoversAsync(holder, int.MaxValue, cancellationToken);
                await store.Claims.TakeOverAsync(claim, holder, runId, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>A run that died before it published has paid for records that only its parts hold.</summary>
    /// <param name="before">Attempts before this one.</param>
    private async Task PublishLeftoversAsync(string deadRun, int before, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt < before && await runs.FindAsync(deadRun, attempt, cancellationToken) is { } run; attempt++)
        {
            for (var model = 0; model < (run.Plan?.Models.Count ?? 0); model++)
                await publisher.PublishAsync(run, model, cancellationToken);
        }
    }

    /// <summary>The shards that begin at once have no parts before there is a plan: so none of them asks for its own.</summary>
    private void ExpectParts(RunSpec spec, RunPlanFile plan)
    {
        foreach (var (model, work) in plan.Models.Index())
            store.Parts.Expect(spec.Run, Enumerable.Range(0, Math.Min(work.Shards.Count, work.Window)).Select(shard => PartNames.Shard(spec.Attempt, model, shard)));
    }

    private static ModelWork WorkOf(RunSpec spec, FoundRecords found, int model, LaneShares shares)
    {
        var (lanes, judgeLanes) = (shares.Answering(model), shares.Judging(model));
        var open = found.Work.Where(item => item.Answer || item.Games.Count > 0).ToArray();
        var calls = open.Length == 0 ? 1 : open.Max(item => (item.Answer ? 1 : 0) + item.Games.Count);
        var layout = ShardSizes.For(open.Length, calls, Math.Max(lanes, judgeLanes));

        var shards = new List<IReadOnlyList<QuestionWork>>();
        var start = 0;
        foreach (var size in layout.Sizes)
        {
            shards.Add(open[start..(start + size)]);
            start += size;
        }

        return new ModelWork(
            shards,
            layout.Window,
            ShardSizes.LanesPerShard(lanes, layout.Window),
            ShardSizes.LanesPerShard(judgeLanes, layout.Window),
            [.. found.Work.Where(item => !item.Answer && item.Games.Count == 0).Select(item => item.Question)],
            model >= spec.Models.Count && open.Length > 0,
            layout.Last);
    }

    /// <summary>What is taken over goes into the run's parts, so that a run is whole in itself whatever later happens to the canonical files.</summary>
    private async Task SeedPartsAsync(FrozenRun planned, IReadOnlyList<FoundRecords> found, CancellationToken cancellationToken)
    {
        for (var model = 0; model < found.Count; model++)
        {
            var lines = found[model].Reused.ToLookup(reused => planned.PartOf(model, reused.Question)!, reused => reused.Line);
            foreach (var part in lines)
                await store.Parts.AppendAsync(planned.Spec.Run, part.Key, [.. part], cancellationToken);
        }
    }
}
