using System.Collections.Concurrent;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Costs;
using ArenaBench.Core.Models;
using ArenaBench.Core.Questions;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>Makes one model's answer to one question and records it. May run twice: what is recorded is not asked again.</summary>
public sealed class AnswerGeneration(RunParts parts, BegunCalls begun, IModelCaller caller, WaitPolicy waits, TimeProvider time)
{
    // Turns already paid for when a later turn has to wait. Lost with the process, like any call in flight.
    private readonly ConcurrentDictionary<string, Conversation> _unfinished = new();

    /// <param name="pass">Of the shard: more than 1 only under a budget.</param>
    public async Task<StepOutcome> RunAsync(
        FrozenRun run, int model, int shard, int question, StepTries tried, int pass, CancellationToken cancellationToken)
    {
        var spec = run.Spec;
        var asked = run.Questions[question].Question;
        var key = RecordKey.ForAnswer(asked.Id, spec.AnsweringModels[model].Name);
        var part = PartNames.Shard(spec.Attempt, model, shard);
        var settings = spec.AnsweringModels[model].Settings
            ?? throw new InvalidOperationException($"Run {spec.Run} has no endpoint for {key.Model}, yet is to answer with it.");
        tried = await begun.SinceAsync(run, part, key, tried, pass, cancellationToken);
        if (await parts.FindAsync(spec.Run, part, key, cancellationToken) is { } recorded)
            return StepOutcome.Recorded(recorded, Spending.Of(recorded, settings.Price).Less(tried.Spent));
        var (outcome, record) = await AskAsync();
        if (record is not null)
            await parts.AppendAsync(spec.Run, part, record, cancellationToken);
        return outcome;

        // Apart, so that what was said is let go before the record is stored: most answers of a busy host wait for that.
        async Task<(StepOutcome Outcome, RecordEnvelope? Record)> AskAsync()
        {
            if (await begun.BeginAsync(run, part, key, tried, pass, CallBound.OfAnswer(settings, spec.Generation, asked), cancellationToken) is { } lost)
                return (lost, null);

            var slot = $"{spec.Run}/{part}/{asked.Id}";
            var conversation = _unfinished.GetOrAdd(slot, _ => new Conversation(spec.Generation.Choices));
            var meter = new SpendingMeter(caller);
            var last = await ConverseAsync(conversation, meter, run, settings, asked, cancellationToken);
            var tries = tried.Plus(last, meter.Spent);
            if (waits.Next(tries, last) is { } wait)
                return (StepOutcome.Wait(last.Status, meter.Spent, wait, tries), null);

            _unfinished.TryRemove(slot, out _);
            var envelope = new RecordEnvelope(
                RecordEnvelope.CurrentSchema, key, conversation.StatusOf(last), last.Reason, tries.Attempts, tries.Spent?.Usage,
                conversation.LatencyMs, AnswerFingerprint.Of(spec, settings, asked), last.ModelVersion,
                conversation.IsWhole ? run.Dialect.WriteAnswer(conversation.ToAnswer(asked, key.Model, run, time), asked) : null, tries.Spent?.Unreported);
            return (envelope.Record is null ? StepOutcome.Ended(last, meter.Spent) : StepOutcome.Recorded(envelope, meter.Spent), envelope);
        }
    }

    /// <returns>The reply that ended it: the last turn's, or the first that failed or has to wait.</returns>
    private async Task<ModelReply> ConverseAsync(
        Conversation conversation, SpendingMeter meter, FrozenRun run, ModelSettings settings, Question question, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var sent = GenerationSettings.For(run.Spec.Generation, question, settings);
        for (var calls = 0; ; )
        {
            var request = ConversationPlan.NextRequest(question, sent, conversation.Replies);
            if (request is null)
            {
                if (conversation.NextChoice())
                    continue;
                return conversation.Last!;
            }

            if (calls++ > 0 && !CallTime.HasRoomFor(settings.Timeout, time.GetElapsedTime(started)))
                return ModelReply.Held("The conversation is long and goes on in another activity.", TimeSpan.FromSeconds(1));
            var reply = await meter.CallAsync(settings, request, new CallContext(run.Spec.Run), cancellationToken);
            if (!conversation.Add(reply, keepEmpty: run.Spec.Judging.PublishedBytes))
                return reply;
        }
    }
}
