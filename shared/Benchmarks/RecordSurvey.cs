using System.Text.Json;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

/// <summary>Reads record files line by line: errors to refuse an import for, and what is unusual, with counts.</summary>
internal sealed class RecordSurvey(IFileTree tree, Benchmark benchmark, ProblemLog errors)
{
    // What pipelines write as an answer when the call failed.
    private const string FailedCall = "$ERROR$";

    private readonly Dictionary<string, int> turnsOf =
        benchmark.Questions.ToDictionary(q => q.Id, q => q.Turns.Count, StringComparer.Ordinal);

    private readonly HashSet<(RecordFileKind, RecordIdentity)> seen = [];
    private readonly List<ImportRecords> records = [];
    private readonly List<Problem> notes = [];

    public IReadOnlyList<ImportRecords> Records => records;

    public IReadOnlyList<Problem> Notes => notes;

    /// <exception cref="RecordFormatException">The line is no such record.</exception>
    public static RecordIdentity KeyOf(Dialect dialect, RecordFileKind kind, JsonElement line, string? judge)
    {
        if (kind != RecordFileKind.Judgment)
        {
            var answer = dialect.ReadAnswer(line);
            return new RecordIdentity(answer.QuestionId, answer.Model, null);
        }
        var judgment = dialect.ReadJudgment(line);
        return new RecordIdentity(judgment.QuestionId, judgment.Model, judgment.Judge ?? judge);
    }

    public async Task AddAsync(RecordFile file, Dialect dialect, CancellationToken cancellationToken)
    {
        var place = tree.Describe(file.Path);
        await using var stream = await tree.OpenReadAsync(file.Path, cancellationToken);
        if (stream is null) return;
        var counts = new FileCounts();
        var judge = file.Judge ?? (benchmark.Judging.JudgeModels is [var only] ? only : null);
        var lines = JsonLines.ReadAsync(stream, place, line => Read(dialect, file.Kind, line, judge, counts), errors, cancellationToken);
        var written = new Dictionary<(string Model, string? Judge), int>();
        await foreach (var (number, key) in lines)
        {
            if (file.Kind == RecordFileKind.Judgment && key.Judge is null)
            {
                errors.Add(new Problem(place, number, null,
                    $"the judgment names no judge, and the judge config names {(benchmark.Judging.JudgeModels.Count == 0 ? "none" : "several")}; put the file into model_judgment/JUDGE/"));
                continue;
            }
            if (!turnsOf.ContainsKey(key.QuestionId)) counts.Add("of a question that is not in question.jsonl", key.QuestionId);
            if (!seen.Add((file.Kind, key))) counts.Add("of a question that this model has a line for already: the first counts", key.QuestionId);
            else written[(key.Model, key.Judge)] = written.GetValueOrDefault((key.Model, key.Judge)) + 1;
        }
        foreach (var ((model, by), count) in written)
        {
            records.Add(new ImportRecords(file.Kind, file.Path, model, by, count, dialect));
            if (model != file.Model) notes.Add(new Problem(place, null, null, $"the model id inside is {model}: it goes by that"));
        }
        notes.AddRange(counts.Notes(place));
    }

    private RecordIdentity Read(Dialect dialect, RecordFileKind kind, JsonElement line, string? judge, FileCounts counts)
    {
        if (kind == RecordFileKind.Judgment)
        {
            var judgment = dialect.ReadJudgment(line);
            Inspect(judgment, counts);
            return new RecordIdentity(judgment.QuestionId, judgment.Model, judgment.Judge ?? judge);
        }
        var answer = dialect.ReadAnswer(line);
        Inspect(answer, counts);
        return new RecordIdentity(answer.QuestionId, answer.Model, null);
    }

    private void Inspect(Answer answer, FileCounts counts)
    {
        var turns = answer.Choices[0].Turns;
        if (turnsOf.TryGetValue(answer.QuestionId, out var asked) && turns.Count > asked)
            counts.Add("with more turns than the question: those of the question are judged", answer.QuestionId);
        if (turns.Any(t => t.Content == FailedCall)) counts.Add($"that say {FailedCall}: a failed call was recorded as an answer", answer.QuestionId);
        else if (turns.All(t => string.IsNullOrWhiteSpace(t.Content))) counts.Add("without any text", answer.QuestionId);
    }

    private static void Inspect(Judgment judgment, FileCounts counts)
    {
        if (judgment.Games.Count(g => g is not null) is var played && played < judgment.Games.Count)
            counts.Add(played == 0 ? "without any game" : "with a missing game", judgment.QuestionId);
        foreach (var game in judgment.Games)
            if (game?.Score.Unscored is { } reason)
                counts.Add($"with a game without a score ({UnscoredReasonName.Of(reason)})", judgment.QuestionId);
        if (judgment.Baseline == judgment.Model) counts.Add("of a model against itself", judgment.QuestionId);
    }

    private sealed class FileCounts
    {
        private readonly SortedDictionary<string, (int Count, string First)> counts = new(StringComparer.Ordinal);

        public void Add(string what, string question) =>
            counts[what] = counts.TryGetValue(what, out var known) ? (known.Count + 1, known.First) : (1, question);

        public IEnumerable<Problem> Notes(string place) => counts.Select(c =>
            new Problem(place, null, null, $"{c.Value.Count} records {c.Key} (the first: {c.Value.First})"));
    }
}

/// <summary>What a record is about.</summary>
internal sealed record RecordIdentity(string QuestionId, string Model, string? Judge);
