using System.Collections.Concurrent;
using ArenaBench.Core.Costs;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Models;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>Plays one game: asks one judge about one answer (pairwise: and the baseline's, in one order) and records what it said.
/// May run twice: what is recorded is not asked again.</summary>
public sealed class GameJudging(RunParts parts, BegunCalls begun, IModelCaller caller, WaitPolicy waits, TimeProvider time)
{
    // Replies already paid for when the follow-up has to wait. Lost with the process, like any call in flight.
    private readonly ConcurrentDictionary<string, JudgePlay> _unfinished = new();

    /// <param name="pass">Of the shard: more than 1 only under a budget.</param>
    public async Task<StepOutcome> RunAsync(
        FrozenRun run, int model, int shard, int question, int judge, int game, StepTries tried, int pass, CancellationToken cancellationToken)
    {
        var spec = run.Spec;
        var asked = run.Questions[question];
        var settings = spec.Judges[judge].Settings
            ?? throw new InvalidOperationException($"Run {spec.Run} has no endpoint for the judge {spec.Judges[judge].Name}.");
        var key = RecordKey.ForGame(asked.Question.Id, spec.AnsweringModels[model].Name, spec.Judges[judge].Name, game);
        var part = PartNames.Shard(spec.Attempt, model, shard);
        tried = await begun.SinceAsync(run, part, key, tried, pass, cancellationToken);
        if (await parts.FindAsync(spec.Run, part, key, cancellationToken) is { } recorded)
            return StepOutcome.Recorded(recorded, Spending.Of(recorded, settings.Price).Less(tried.Spent));

        var (outcome, record) = await PlayAsync();
        if (record is not null)
            await parts.AppendAsync(spec.Run, part, record, cancellationToken);
        return outcome;

        // Apart, so that what the judge was shown and said is let go before the record is stored: most games of a busy host wait for that.
        async Task<(StepOutcome Outcome, RecordEnvelope? Record)> PlayAsync()
        {
            var material = await GameMaterial.ReadAsync(parts, run, model, question, cancellationToken);
            if (material.Missing is { } missing)
                return (new StepOutcome(missing, Spending.None), RecordOf(new ModelReply(missing, null, null, material.Reason, null, 0, null, 0, null), tried, null, null));

            var prompt = material.PromptFor(spec.Judging, game);
            var bound = CallBound.OfGame(settings, spec.Judging, CallBound.InputOf(prompt.Messages));
            if (await begun.BeginAsync(run, part, key, tried, pass, bound, cancellationToken) is { } lost)
                return (lost, null);

            var fingerprint = GameFingerprint.Of(spec, settings, game == 1 ? prompt : material.PromptFor(spec.Judging, 1));
            var slot = $"{spec.Run}/{part}/{key}";
            var play = _unfinished.GetOrAdd(slot, _ => new JudgePlay(spec.Judging, settings, prompt, time));
            var meter = new SpendingMeter(caller);
            var (reply, played) = await play.RunAsync(meter, new CallContext(spec.Run), cancellationToken);
            var tries = tried.Plus(reply, meter.Spent);
            if (waits.Next(tries, reply) is { } wait)
                return (StepOutcome.Wait(reply.Status, meter.Spent, wait, tries), null);

            _unfinished.TryRemove(slot, out _);
            return (StepOutcome.Ended(reply, meter.Spent), RecordOf(reply, tries, played, fingerprint));
        }

        RecordEnvelope RecordOf(ModelReply ended, StepTries all, Game? played, string? mark) => new(
            RecordEnvelope.CurrentSchema, key, ended.Status, ended.Reason, all.Attempts, all.Spent?.Usage, ended.LatencyMs, mark,
            ended.ModelVersion, played is null ? null : GameRecord.Write(played), all.Spent?.Unreported);
    }
}
