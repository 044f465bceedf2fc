using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Testing;

namespace ArenaBench.Core.Tests.Benchmarks;

/// <summary>Benchmark folders written for a test.</summary>
internal sealed class BenchmarkFiles : IDisposable
{
    public const string V1Question = """{"question_id":"q1","category":"math","turns":["ask"]}""";

    private readonly TempFolder folder = new();

    public string Root => folder.Path;

    public FolderTree Tree => new(folder.Path);

    public void Dispose() => folder.Dispose();

    public BenchmarkFiles With(string path, params IReadOnlyList<string> lines)
    {
        var file = folder.File(path.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, lines);
        return this;
    }

    public Task<Benchmark> ReadAsync(string name = "b") =>
        BenchmarkReader.ReadAsync(Tree, name, cancellationToken: TestContext.Current.CancellationToken);

    public Task<BenchmarkImport> ImportAsync(string name = "b", string? judgeConfig = null) =>
        BenchmarkImport.ReadAsync(
            Tree,
            name,
            judgeConfig: judgeConfig is null ? null : System.Text.Encoding.UTF8.GetBytes(judgeConfig),
            cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Every problem, without the folder's own path.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(Func<Task> action)
    {
        var failure = await Assert.ThrowsAsync<ProblemException>(action);
        return Shown(failure.Problems);
    }

    public IReadOnlyList<string> Shown(IEnumerable<Problem> problems) =>
        [.. problems.Select(p => p.ToString().Replace(Root + "/", "", StringComparison.Ordinal))];
}
