using ArenaBench.Core.Answers;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Costs;

/// <summary>One answer or judgment that is known.</summary>
/// <param name="Text">Tokens of what others see of it, counted.</param>
/// <param name="Output">Tokens as they were reported, thinking included; null: not known.</param>
/// <param name="InputRatio">Of the prompt's tokens as reported to those counted; null: not known.</param>
internal sealed record KnownReply(string Who, string QuestionId, double Text, double? Output, double? InputRatio);

/// <summary>What the store knows of how long answers and judgments of a benchmark are.</summary>
internal sealed record UsageHistory(IReadOnlyList<KnownReply> Answers, IReadOnlyList<KnownReply> Judgments)
{
    private const int RunsRead = 6;
    private const int PromptsCounted = 60;
    private const int ImportedJudgments = 200;

    /// <summary>Runs tell what was reported; canonical records, imported ones too, how long the texts are.</summary>
    public static async Task<UsageHistory> ReadAsync(ArenaContainer store, RunCatalog runs, FrozenRun run, CancellationToken cancellationToken)
    {
        // What cannot be read teaches nothing; the run that needs it names it.
        var damaged = new DamagedRecords();
        var answers = new Dictionary<(string, string), KnownReply>();
        var judgments = new Dictionary<(string, string, string, int), KnownReply>();
        var ids = (await store.Runs.ListAsync(cancellationToken).ToListAsync(cancellationToken)).OrderDescending(StringComparer.Ordinal);
        var read = 0;
        foreach (var id in ids)
        {
            if (read == RunsRead)
                break;
            if (await runs.FindLastAsync(id, cancellationToken) is not { Plan: not null } past || past.Spec.Benchmark != run.Spec.Benchmark)
                continue;
            read++;
            var parts = Enumerable.Range(0, past.Plan.Models.Count).SelectMany(past.PartsOf);
            await foreach (var line in store.Parts.ReadShardsAsync(id, parts, cancellationToken))
            {
                if (line is not { Record: { } record, Usage: { Output: > 0 } usage, Unreported: null })
                    continue;
                if (line.Key.Kind == RecordKind.Answer && damaged.Read(id, () => past.Dialect.ReadAnswer(record)) is { } answer)
                    answers.TryAdd((line.Key.Model, line.Key.QuestionId), OfAnswer(past, line, answer, usage));
                else if (line.Key.Kind == RecordKind.Game && damaged.Read(id, () => GameRecord.Read(record)) is { } game)
                    judgments.TryAdd((line.Key.Judge!, line.Key.Model, line.Key.QuestionId, line.Key.GameNumber!.Value), OfGame(past, line, game, usage, judgments.Count < PromptsCounted));
            }
        }

        foreach (var model in await store.Canonical.ListAnsweredAsync(run.Spec.Benchmark, cancellationToken))
        {
            var canonical = await store.Canonical.ReadAsync(CanonicalFile.Answers(run.Spec.Benchmark, model), cancellationToken);
            foreach (var line in canonical.Lines.Values.Where(line => !answers.ContainsKey((model, line.QuestionId))))
            {
                if (damaged.Read(model, () => run.Dialect.ReadAnswer(line.Record)) is { } answer)
                    answers[(model, line.QuestionId)] = new KnownReply(model, line.QuestionId, TextOf(answer), null, null);
            }

            foreach (var judge in run.Spec.Judges)
                await AddImportedAsync(judge.Name, model);
        }

        return new UsageHistory([.. answers.Values], [.. judgments.Values]);

        async Task AddImportedAsync(string judge, string model)
        {
            if (judgments.Count >= ImportedJudgments)
                return;
            var canonical = await store.Canonical.ReadAsync(CanonicalFile.Judgments(run.Spec.Benchmark, judge, model), cancellationToken);
            foreach (var line in canonical.Lines.Values)
            {
                foreach (var (number, game) in damaged.Read(model, () => run.Dialect.ReadJudgment(line.Record))?.Games.Index() ?? [])
                {
                    if (game is not null)
                        judgments.TryAdd((judge, model, line.QuestionId, number + 1), new KnownReply(judge, line.QuestionId, TokenCounter.O200k.Count(game.Text), null, null));
                }
            }
        }
    }

    public static double TextOf(Answer answer) => answer.Choices[0].Turns.Sum(turn => TokenCounter.O200k.Count(turn.Content));

    private static KnownReply OfAnswer(FrozenRun run, RecordEnvelope line, Answer answer, TokenUsage usage)
    {
        var question = run.QuestionById(line.Key.QuestionId);
        var choices = Math.Max(1, answer.Choices.Count);
        var asked = question.Turns.Count == 1 ? PromptTokens.Of(question.Turns) + (run.Spec.AnsweringModels.FirstOrDefault(model => model.Name == line.Key.Model)?.Settings?.SystemPrompt is { } system ? PromptTokens.Of([system]) : 0) : 0;
        return new KnownReply(line.Key.Model, line.Key.QuestionId, TextOf(answer), usage.Output / (double)choices, asked > 0 ? usage.Input / (asked * choices) : null);
    }

    private static KnownReply OfGame(FrozenRun run, RecordEnvelope line, Game game, TokenUsage usage, bool countPrompt)
    {
        double? ratio = null;
        if (countPrompt && line.Attempts == 1)
        {
            var messages = JudgePrompt.Around(run.Spec.Judging, run.QuestionById(line.Key.QuestionId).Category, game.UserPrompt);
            ratio = usage.Input / PromptTokens.Of(messages.Select(message => message.Content));
        }

        return new KnownReply(line.Key.Judge!, line.Key.QuestionId, TokenCounter.O200k.Count(game.Text), usage.Output, ratio);
    }
}

internal static class PromptTokens
{
    private const int PerMessage = 4;

    public static double Of(IEnumerable<string> messages) => messages.Sum(message => TokenCounter.O200k.Count(message) + PerMessage);
}
