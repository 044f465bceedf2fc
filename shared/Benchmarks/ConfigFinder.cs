using ArenaBench.Core.Configuration;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

/// <summary>
/// Finds the configuration of a published benchmark where its pipeline keeps it: in the folder, in its <c>config/</c>, beside
/// the folder (<c>data/{name}_config.yaml</c>), or in <c>config/</c> at the top of a checkout, two folders up.
/// </summary>
internal sealed class ConfigFinder(IFileTree tree, string prefix, string name)
{
    public Task<ConfigFile?> FindJudgeAsync(CancellationToken cancellationToken) => FindAsync(
        [$"{name}_config.yaml", "judge_config.yaml", "config/judge_config.yaml", $"config/{name}.yaml"],
        [$"config/{name}.yaml", "config/judge_config.yaml"],
        ["judge_model", "prompt_template"],
        cancellationToken);

    public Task<ConfigFile?> FindGenerationAsync(CancellationToken cancellationToken) => FindAsync(
        ["gen_answer_config.yaml", "config/gen_answer_config.yaml"],
        ["config/gen_answer_config.yaml"],
        ["model_list", "temperature", "max_tokens", "num_choices", "bench_name"],
        cancellationToken);

    /// <param name="inside">Paths below the benchmark's folder.</param>
    /// <param name="atTop">Paths below the checkout; those files belong to the benchmark that their <c>bench_name</c> names.</param>
    /// <param name="keys">A file with none of them is another kind of file.</param>
    private async Task<ConfigFile?> FindAsync(
        IReadOnlyList<string> inside, IReadOnlyList<string> atTop, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        ConfigFile? otherBenchmark = null;
        foreach (var path in inside.Select(p => prefix + p).Append(Parent(prefix) is { } parent ? $"{parent}{name}_config.yaml" : ""))
        {
            if (path.Length == 0 || await ReadAsync(path) is not { } found) continue;
            if (BenchName(found.Node) is null || BenchName(found.Node) == name) return found;
            otherBenchmark ??= found;
        }
        if (Parent(prefix) is { } up && Parent(up) is { } top)
        {
            foreach (var path in atTop)
                if (await ReadAsync(top + path) is { } found && BenchName(found.Node) == name)
                    return found;
        }
        // A folder may have been renamed: its own configuration is still its own.
        return otherBenchmark;

        async Task<ConfigFile?> ReadAsync(string path) =>
            await tree.ReadYamlAsync(path, cancellationToken) is ConfigMap map && map.Entries.Any(e => keys.Contains(e.Key.Value))
                ? new ConfigFile(path, map)
                : null;
    }

    /// <summary>The folder around: null above the top.</summary>
    internal static string? Parent(string folder) =>
        folder.Length == 0 ? null : folder[..(folder.TrimEnd('/').LastIndexOf('/') + 1)];

    private static string? BenchName(ConfigNode node) =>
        node is ConfigMap map && map.Entries.FirstOrDefault(e => e.Key.Value == "bench_name")?.Value is ConfigScalar { IsNull: false } scalar
            ? scalar.Value
            : null;
}

/// <param name="Path">In the tree.</param>
internal sealed record ConfigFile(string Path, ConfigNode Node);
