using System.Text.Json;
using ArenaBench.Testing;

namespace ArenaBench.Bench.Workflow;

/// <summary>A pairwise benchmark of made-up questions whose baseline is answered already, with as many models as wanted.</summary>
internal static class PairwiseWork
{
    private const string Name = "work";
    private const string Baseline = "base";

    /// <param name="models">Parallel calls of each model, by name; each at an address of its own.</param>
    /// <param name="judges">The same for judges.</param>
    public static async Task SetUpAsync(
        BenchHost host, int questions, IReadOnlyDictionary<string, Target> models, IReadOnlyDictionary<string, Target> judges, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("bench-work");
        Directory.CreateDirectory(folder.File(Name, "model_answer"));
        await File.WriteAllLinesAsync(folder.File(Name, "question.jsonl"), Lines(questions, number => new
        {
            question_id = $"q{number:00000}",
            category = number % 2 == 0 ? "even" : "odd",
            cluster = "numbers",
            turns = new[] { new { content = $"Question {number}: explain what the number {number * 7919} is good for, and why." } },
        }), cancellationToken);
        await File.WriteAllLinesAsync(folder.File(Name, "model_answer", Baseline + ".jsonl"), Lines(questions, number => new
        {
            question_id = $"q{number:00000}",
            answer_id = $"a{number}",
            model_id = Baseline,
            choices = new[] { new { index = 0, turns = new[] { new { content = $"The number {number * 7919} is good for counting.", token_len = 10 } } } },
            tstamp = 1.0,
        }), cancellationToken);
        await File.WriteAllTextAsync(folder.File(Name, "judge_config.yaml"),
            $"name: {Name}\nbench_name: {Name}\njudge_model: [{string.Join(", ", judges.Keys)}]\npairwise: true\nbaseline: true\nbaseline_model: {Baseline}\n"
            + "temperature: 0\nmax_tokens: 512\nregex_pattern: \\[\\[([AB<>=]+)\\]\\]\n", cancellationToken);
        await host.ImportAsync(folder.File(Name), string.Concat(models.Concat(judges).Select(entry => Endpoint(entry.Key, entry.Value))), cancellationToken);
    }

    /// <summary>One model and its judge, sent under one name so that they share the endpoint's places.</summary>
    public static Task SetUpAsync(BenchHost host, int questions, Target shared, CancellationToken cancellationToken) => SetUpAsync(
        host, questions, new Dictionary<string, Target> { ["model"] = shared }, new Dictionary<string, Target> { ["judge"] = shared }, cancellationToken);

    public static string Spec(IEnumerable<string> models) => $"benchmark: {Name}\nmodels: [{string.Join(", ", models)}]\nrounds: 100\n";

    private static string Endpoint(string name, Target target) =>
        $"{name}:\n  model: {target.SentAs}\n  endpoints: [{{api_base: \"{target.Address}\"}}]\n  parallel: {target.Parallel}\n";

    private static IEnumerable<string> Lines(int count, Func<int, object> line) => Enumerable.Range(0, count).Select(number => JsonSerializer.Serialize(line(number)));
}

/// <summary>Where a model is called.</summary>
/// <param name="SentAs">Models with the same name at one address share its limits.</param>
internal sealed record Target(Uri Address, string SentAs, int Parallel);
