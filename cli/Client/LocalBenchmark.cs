using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;

namespace ArenaBench.Cli.Client;

/// <summary>Brings a folder of this machine to a host: read and checked here first, so that errors name the files that the user has.</summary>
internal static class LocalBenchmark
{
    /// <exception cref="ProblemException">Every error, with file and line; nothing was sent.</exception>
    public static async Task<BenchmarkImport> ReadAsync(string folder, string? name, string? config, CancellationToken cancellationToken)
    {
        var place = BenchmarkFolder.Open(folder, name);
        BenchmarkName.Checked(place.Name);
        if (config is not null && !File.Exists(config))
            throw new ProblemException(new Problem(config, null, null, "there is no such file"));
        var judgeConfig = config is null ? null : await File.ReadAllBytesAsync(config, cancellationToken);
        return await BenchmarkImport.ReadAsync(place.Tree, place.Name, place.Prefix, judgeConfig, cancellationToken);
    }

    public static async Task UploadAsync(ArenaClient client, BenchmarkImport import, CancellationToken cancellationToken)
    {
        await foreach (var archive in new BenchmarkPacker(import).PackAsync(cancellationToken))
        {
            await using (archive)
                await client.PutBenchmarkAsync(import.Benchmark.Name, archive, cancellationToken);
        }
    }
}
