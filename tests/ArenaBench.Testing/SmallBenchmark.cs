using System.Text.Json;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Models;
using ArenaBench.Core.Storage;
using Azure.Storage.Blobs;

namespace ArenaBench.Testing;

/// <summary>A benchmark of made-up questions for tests of the workflow, with simulated models to run it on.</summary>
public static class SmallBenchmark
{
    public const string Name = "small";

    public static ArenaContainer Open(string storage, string container) => new(new BlobServiceClient(storage), name: container);

    /// <summary>Writes it to the store with an endpoints file for the simulated models.</summary>
    /// <param name="parallel">Of each model and judge.</param>
    /// <param name="price">Of all of them, as YAML.</param>
    /// <param name="sentAs">The model name that is sent for all of them, so that they share one endpoint's limits.</param>
    public static async Task SetUpAsync(ArenaContainer store, Uri endpoint, int questions, int parallel, CancellationToken cancellationToken, string? sentAs = null, string? price = null)
    {
        using var folder = new TempFolder("small");
        Directory.CreateDirectory(folder.File(Name));
        await File.WriteAllLinesAsync(
            folder.File(Name, "question.jsonl"),
            Enumerable.Range(0, questions).Select(number => JsonSerializer.Serialize(new
            {
                question_id = $"q{number:0000}",
                category = number % 2 == 0 ? "even" : "odd",
                turns = new[] { $"Question {number}: explain what the number {number * 7919} is good for, and why." },
            })), cancellationToken);
        await File.WriteAllTextAsync(folder.File(Name, "small_config.yaml"), JudgeConfig, cancellationToken);
        var place = BenchmarkFolder.Open(folder.File(Name));
        var import = await BenchmarkImport.ReadAsync(place.Tree, place.Name, place.Prefix, cancellationToken: cancellationToken);
        await new BenchmarkImporter(store).WriteAsync(import, cancellationToken);
        var endpoints = string.Concat(Models.Select(model =>
            $"{model}:\n  model: {sentAs ?? model}\n  api_type: openai\n  endpoints: [{{api_base: \"{endpoint}\"}}]\n  parallel: {parallel}\n{(price is null ? "" : $"  price: {price}\n")}"));
        await store.Files.WriteAsync(
            EndpointsCatalog.Folder + EndpointsCatalog.DefaultFile, BinaryData.FromString(endpoints), null, cancellationToken);
    }

    private static string[] Models => ["sim-strong", "sim-good", "sim-fair", "sim-weak", "sim-poor", "sim-judge", "sim-judge-2"];

    private const string JudgeConfig =
        """
        name: small
        judge_model: sim-judge
        reference: false
        temperature: 0
        max_tokens: 512
        system_prompt: "Rate the answer from 1 to 10 and end with the rating as [[n]]."
        prompt_template: "[Question]\n{question_1}\n\n[The Start of Assistant's Answer]\n{answer_1}\n[The End of Assistant's Answer]"
        """;
}
