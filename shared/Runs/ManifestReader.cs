using System.Text.Json;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Costs;
using ArenaBench.Core.Models;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Runs;

/// <summary>Reads a run's manifest as a request to run it again. Beside what the manifest has, it may say <c>id</c>, <c>restart</c>,
/// <c>dry_run</c> and <c>budget</c>.</summary>
internal static class ManifestReader
{
    private static readonly JsonSerializerOptions Options = new(JsonFiles.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static bool IsManifest(ConfigNode root) =>
        root is ConfigMap map && map.Entries.Any(entry => entry.Key.Value == "spec") && map.Entries.Any(entry => entry.Key.Value == "prompt_hashes");

    /// <exception cref="ProblemException">It is no manifest, or one of a newer version.</exception>
    public static RunRequest Parse(string text, ConfigNode root, string name)
    {
        var problems = new List<Problem>();
        var reader = new ConfigReader(root, problems);
        reader.Ignore("spec", "questions", "prompt_hashes", "models", "damaged");
        if (reader.Count("schema") is > RunManifest.CurrentSchema and var schema)
            reader.Report("schema", $"the manifest was written by a newer version (schema {schema}, this one knows {RunManifest.CurrentSchema})");
        var (id, restart, dryRun, budget) = (
            RunRequestReader.Id(reader), reader.Flag("restart") ?? false, reader.Flag("dry_run") ?? false, BudgetReader.Read(reader));
        reader.ReportUnknownKeys();
        var manifest = problems.Count == 0 ? Read(text, name, problems) : null;
        if (manifest is not null)
            problems.AddRange(KeysIn(manifest.Spec, name));
        return problems.Count == 0 && manifest is not null
            ? new RunRequest(
                id, manifest.Spec.Benchmark, manifest.Spec.What, Restart: restart, DryRun: dryRun, Budget: budget ?? manifest.Spec.Budget, Manifest: manifest)
            {
                Places = new RequestPlaces(name, root),
            }
            : throw new ProblemException(problems);
    }

    private static RunManifest? Read(string text, string name, List<Problem> problems)
    {
        try
        {
            return JsonSerializer.Deserialize<RunManifest>(text, Options);
        }
        catch (JsonException wrong)
        {
            problems.Add(new Problem(name, null, null, $"is no manifest of a run, at {wrong.Path ?? "$"}: take the file as the run wrote it, runs/ID/manifest.json"));
            return null;
        }
    }

    // The message must not repeat the value: it may be a key.
    private static IEnumerable<Problem> KeysIn(RunSpec spec, string name) => spec.AnsweringModels.Concat(spec.Judges)
        .Select(model => model.Settings).OfType<ModelSettings>()
        .Where(settings => settings.Endpoints.Any(endpoint => endpoint.ApiKey is { } key && !KeySource.IsReference(key) && !Models.Providers.EndpointTarget.IsPlaceholder(key)))
        .Select(settings => new Problem(name, null, null, $"api_key of {settings.Name} holds a key itself; a manifest only refers to keys, as ${{NAME}}"));
}
