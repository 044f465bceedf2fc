using System.Buffers;
using System.Diagnostics;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Models;
using ArenaBench.Core.Questions;
using ArenaBench.Testing;

namespace ArenaBench.Bench.Loading;

/// <summary><c>arena show</c> as its user has it: a process that starts, reads a v2.0 folder of short texts, scores and prints.</summary>
public sealed class ShowSpeed : IBenchmark
{
    private const int Models = 28, Questions = 500;

    public string Name => "show";

    public string Description => "arena show as a whole process: 28 models x 500 questions x 2 games of short texts, style control, 1,000 rounds";

    public async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("arenabench-show");
        Write(folder.File("bench"));
        var seconds = new List<double>();
        for (var round = 0; round < 5; round++)
        {
            var clock = Stopwatch.StartNew();
            var lines = await ShowAsync(folder.File("bench"), cancellationToken);
            seconds.Add(clock.Elapsed.TotalSeconds);
            // A heading, the models, their baseline.
            if (lines != Models + 2) throw new InvalidOperationException($"{lines} lines were shown.");
        }

        return [new("wall time, best of five", seconds.Min(), "s", 1.0), new("wall time, worst of five", seconds.Max(), "s")];
    }

    private static async Task<int> ShowAsync(string bench, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "arena.dll"), "show", "--data", bench, "--style", "both", "--rounds", "1000", "--format", "csv"])
        {
            RedirectStandardOutput = true,
        };
        using var arena = Process.Start(start)!;
        var shown = await arena.StandardOutput.ReadToEndAsync(cancellationToken);
        await arena.WaitForExitAsync(cancellationToken);
        if (arena.ExitCode != 0) throw new InvalidOperationException($"arena show ended with {arena.ExitCode}.");
        return shown.AsSpan().Count('\n');
    }

    private static void Write(string bench)
    {
        var random = new Random(1);
        var dialect = DialectCatalog.V20;
        var judge = Directory.CreateDirectory(Path.Combine(bench, "model_judgment", "judge")).FullName;
        var answered = Directory.CreateDirectory(Path.Combine(bench, "model_answer")).FullName;
        File.WriteAllLines(
            Path.Combine(bench, "question.jsonl"),
            Enumerable.Range(0, Questions).Select(q => $$"""{"uid":"{{Id(q)}}","category":"hard_prompt","subcategory":"x","prompt":"?"}"""));
        for (var model = 0; model <= Models; model++)
        {
            var name = model == Models ? "base" : $"model-{model}";
            var (answers, judgments) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
            for (var q = 0; q < Questions; q++)
            {
                var question = new Question(Id(q), "hard_prompt", ["?"], null, null, default);
                JsonLines.Write(answers, dialect.WriteAnswer(new Answer(question.Id, name, "id", [new AnswerChoice(0, [new AnswerTurn("It is so.")])], 1.5, Style(random), default), question));
                if (model < Models)
                    JsonLines.Write(judgments, dialect.WriteJudgment(new Judgment(question.Id, name, "judge", "base", [Game(random, model), Game(random, Models - model)], null, default, "hard_prompt")));
            }

            File.WriteAllBytes(Path.Combine(answered, name + ".jsonl"), answers.WrittenSpan);
            if (model < Models)
                File.WriteAllBytes(Path.Combine(judge, name + ".jsonl"), judgments.WrittenSpan);
        }
    }

    private static string Id(int question) => $"q{question:0000}";

    private static StyleMetadata Style(Random random) => new(
        random.Next(50, 900), new Dictionary<string, int> { ["h1"] = random.Next(3), ["h2"] = random.Next(4) },
        new Dictionary<string, int> { ["ordered"] = random.Next(6) }, new Dictionary<string, int> { ["**"] = random.Next(9) });

    // The larger, the oftener B wins.
    private static Game Game(Random random, int lean)
    {
        var verdict = (Verdict)Math.Clamp((random.Next(5) + (5 * lean / (Models + 1)) + random.Next(5)) / 3, 0, 4);
        return new Game("?", $"[[{VerdictLabel.Of(verdict)}]]", null, Score.OfVerdict(verdict), [new ChatTurn("user", "?")]);
    }
}
