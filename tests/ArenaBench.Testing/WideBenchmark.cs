using System.Text.Json;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Models;
using ArenaBench.Core.Storage;

namespace ArenaBench.Testing;

/// <summary>A pairwise benchmark of any size whose answers and judgments are there already, as imported ones: a run of it that only judges makes
/// no call.</summary>
public static class WideBenchmark
{
    public const string Name = "wide";

    public static string Model(int number) => $"model-{number:00}";

    /// <param name="models">The first is the baseline.</param>
    public static async Task SetUpAsync(ArenaContainer store, Uri endpoint, int models, int questions, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder(Name);
        foreach (var part in new[] { "model_answer", Path.Combine("model_judgment", "sim-judge") })
            Directory.CreateDirectory(folder.File(Name, part));
        await File.WriteAllLinesAsync(folder.File(Name, "question.jsonl"), Enumerable.Range(0, questions).Select(number => JsonSerializer.Serialize(new
        {
            question_id = Id(number), category = number % 2 == 0 ? "even" : "odd", cluster = "c",
            turns = new[] { new { content = $"Question {number}: explain what the number {number * 7919} is good for, and why." } },
        })), cancellationToken);
        await File.WriteAllTextAsync(folder.File(Name, "judge_config.yaml"), """
            name: wide
            bench_name: wide
            judge_model: sim-judge
            reference: False
            ref_model: null
            baseline: True
            baseline_model: model-00
            pairwise: True
            temperature: 0
            max_tokens: 4096
            regex_pattern: \[\[([AB<>=]+)\]\]
            number_of_judgment_attempts: 2
            system_prompt: "Compare the answers and give a verdict, such as [[A>B]]."
            prompt_template: ["<|User Prompt|>\n{question_1}\n\n<|The Start of Assistant A's Answer|>\n{answer_1}\n<|The End of Assistant A's Answer|>\n\n<|The Start of Assistant B's Answer|>\n{answer_2}\n<|The End of Assistant B's Answer|>"]
            """, cancellationToken);
        string[] verdicts = ["A>>B", "A>B", "A=B", "B>A", "B>>A"];
        var random = new Random(7);
        for (var model = 0; model < models; model++)
        {
            var name = Model(model);
            await File.WriteAllLinesAsync(folder.File(Name, "model_answer", name + ".jsonl"), Enumerable.Range(0, questions).Select(number => JsonSerializer.Serialize(new
            {
                question_id = Id(number), answer_id = $"a{model}-{number}", model_id = name, tstamp = 1.0,
                choices = new[] { new { index = 0, turns = new[] { new { content = $"# Answer {number}\n\n" + string.Concat(Enumerable.Repeat($"- **Point** of {name} on {number}.\n", 20)), token_len = 240 } } } },
            })), cancellationToken);
            if (model == 0)
                continue;
            await File.WriteAllLinesAsync(folder.File(Name, "model_judgment", "sim-judge", name + ".jsonl"), Enumerable.Range(0, questions).Select(number => JsonSerializer.Serialize(new
            {
                question_id = Id(number), model = name, judge = "sim-judge",
                games = Enumerable.Range(0, 2).Select(_ => verdicts[random.Next(5)]).Select(verdict => new { user_prompt = "p", judgment = $"Because. [[{verdict}]]", score = verdict }),
            })), cancellationToken);
        }

        var place = BenchmarkFolder.Open(folder.File(Name));
        var import = await BenchmarkImport.ReadAsync(place.Tree, place.Name, place.Prefix, cancellationToken: cancellationToken);
        await new BenchmarkImporter(store).WriteAsync(import, cancellationToken);
        await store.Files.WriteAsync(
            EndpointsCatalog.Folder + EndpointsCatalog.DefaultFile,
            BinaryData.FromString($"sim-judge:\n  api_type: openai\n  endpoints: [{{api_base: \"{endpoint}\"}}]\n  parallel: 8\n"), null, cancellationToken);

        static string Id(int number) => $"q{number:00000}";
    }
}
