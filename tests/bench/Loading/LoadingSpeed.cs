using System.Buffers;
using System.Diagnostics;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Models;
using ArenaBench.Core.Questions;
using ArenaBench.Testing;

namespace ArenaBench.Bench.Loading;

/// <summary>Reading for scoring: v2.0 files of 28 models, 500 questions, 2 games, with answers of 2 KB and games of 6 KB.</summary>
public sealed class LoadingSpeed : IBenchmark
{
    private const int Models = 28, Questions = 500, AnswerLength = 2000, ReplyLength = 2000, PromptLength = 4000, Longer = 16;

    public string Name => "loading";

    public string Description => "answers and judgments of 28 models x 500 questions x 2 games, read for scoring on one thread";

    public async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("arenabench-loading");
        Write(folder, Models, Questions);
        var megabytes = Directory.EnumerateFiles(folder.Path).Sum(f => new FileInfo(f).Length) / 1e6;
        await ReadAsync(folder, Models, cancellationToken);

        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var seconds = double.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var clock = Stopwatch.StartNew();
            var records = await ReadAsync(folder, Models, cancellationToken);
            seconds = Math.Min(seconds, clock.Elapsed.TotalSeconds);
            if (records != 2 * Models * Questions) throw new InvalidOperationException($"{records} records were read.");
        }
        allocated = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 3;
        var longer = await AllocatedAsync(Longer, cancellationToken) - await AllocatedAsync(1, cancellationToken);
        return
        [
            new("size of the files", megabytes, "MB"),
            new("speed", megabytes / seconds, "MB/s", 200, AtLeast: true),
            new("allocated, texts included where they are made", allocated / 1e6, "MB", 20),
            new($"allocated more when texts are {Longer} x as long: one buffer", longer / 1e6, "MB", 4),
        ];
    }

    /// <summary>Bytes allocated when a small benchmark is read, once the buffer has grown to its longest line.</summary>
    private static async Task<double> AllocatedAsync(int longer, CancellationToken cancellationToken)
    {
        const int FewModels = 2, FewQuestions = 200;
        using var folder = new TempFolder("arenabench-loading");
        Write(folder, FewModels, FewQuestions, longer);
        await ReadAsync(folder, FewModels, cancellationToken);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await ReadAsync(folder, FewModels, cancellationToken);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static async Task<int> ReadAsync(TempFolder folder, int models, CancellationToken cancellationToken)
    {
        var problems = new ProblemLog();
        var count = 0;
        for (var model = 0; model < models; model++)
        {
            await using var answers = Open(folder.File($"answer{model}.jsonl"));
            await foreach (var _ in ScoreReader.ReadAnswersAsync(DialectCatalog.V20, answers, "answers", problems, cancellationToken: cancellationToken)) count++;
            await using var judgments = Open(folder.File($"judgment{model}.jsonl"));
            await foreach (var _ in ScoreReader.ReadJudgmentsAsync(DialectCatalog.V20, judgments, "judgments", problems, cancellationToken)) count++;
        }
        problems.ThrowIfAny();
        return count;
    }

    private static FileStream Open(string file) => new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);

    private static void Write(TempFolder folder, int models, int questions, int longer = 1)
    {
        var text = new TextMaker(new Random(1));
        var dialect = DialectCatalog.V20;
        var style = new StyleMetadata(
            400, new Dictionary<string, int> { ["h1"] = 1, ["h2"] = 2 }, new Dictionary<string, int> { ["ordered"] = 3 }, new Dictionary<string, int> { ["**"] = 4 });
        for (var model = 0; model < models; model++)
        {
            var (answers, judgments) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
            for (var number = 0; number < questions; number++)
            {
                var question = new Question($"q{number:0000}", "hard_prompt", [text.Of(500)], null, null, default);
                JsonLines.Write(answers, dialect.WriteAnswer(
                    new Answer(question.Id, $"model-{model}", "id", [new AnswerChoice(0, [new AnswerTurn(text.Of(longer * AnswerLength))])], 1.5, style, default), question));
                JsonLines.Write(judgments, dialect.WriteJudgment(
                    new Judgment(question.Id, $"model-{model}", "judge", "base", [Game(text, longer), Game(text, longer)], null, default, "hard_prompt")));
            }
            File.WriteAllBytes(folder.File($"answer{model}.jsonl"), answers.WrittenSpan);
            File.WriteAllBytes(folder.File($"judgment{model}.jsonl"), judgments.WrittenSpan);
        }
    }

    private static Game Game(TextMaker text, int longer)
    {
        var prompt = text.Of(longer * PromptLength - 1000);
        return new Game(prompt, text.Of(longer * ReplyLength), null, Score.OfVerdict((Verdict)text.Next(5)), [new ChatTurn("system", text.Of(1000)), new ChatTurn("user", prompt)]);
    }

    /// <summary>Prose with lines, quotes, code and a little that is not ASCII: what makes reading slow is what JSON escapes.</summary>
    private sealed class TextMaker(Random random)
    {
        private static readonly string[] Pieces =
            ["the ", "answer ", "is therefore ", "not only ", "correct, ", "**because** ", "it follows.\n", "\n\n## Step\n", "`x = \"y\"` ", "– naïve ", "1. ", "considering "];

        public int Next(int below) => random.Next(below);

        public string Of(int length) => string.Create(length, random, static (span, source) =>
        {
            while (span.Length > 0)
            {
                var piece = Pieces[source.Next(Pieces.Length)].AsSpan();
                piece = piece[..Math.Min(piece.Length, span.Length)];
                piece.CopyTo(span);
                span = span[piece.Length..];
            }
        });
    }
}
