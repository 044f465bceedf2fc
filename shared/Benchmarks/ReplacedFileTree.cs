using System.Runtime.CompilerServices;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

/// <summary>A stored benchmark as it would be with one file put into it, or in the place of the one that is there. Its stored records
/// are left out: they were checked when they came, and are merged with new ones when these are written.</summary>
/// <param name="folder">The benchmark's, ending in <c>/</c>.</param>
/// <param name="path">Of the new file, below the folder.</param>
public sealed class ReplacedFileTree(IFileTree stored, string folder, string path, byte[] content) : IFileTree
{
    /// <summary>For messages: the new file is what was sent.</summary>
    private const string Sent = "the request body";

    private readonly string _path = folder + path;

    public string Location => stored.Location;

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        if (_path.StartsWith(prefix, StringComparison.Ordinal))
            paths.Add(_path);
        await foreach (var there in stored.ListAsync(prefix, cancellationToken))
        {
            if (!IsOwnRecord(there))
                paths.Add(there);
        }

        foreach (var listed in paths)
            yield return listed;
    }

    public Task<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken) =>
        path == _path ? Task.FromResult<Stream?>(new MemoryStream(content, writable: false))
        : IsOwnRecord(path) ? Task.FromResult<Stream?>(null)
        : stored.OpenReadAsync(path, cancellationToken);

    /// <summary>Reads the benchmark as it would be, whole.</summary>
    /// <exception cref="ProblemException">Everything that is wrong with it; also when the file is none that a benchmark is read from.</exception>
    public async Task<BenchmarkImport> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var import = await BenchmarkImport.ReadAsync(this, name, folder, cancellationToken: cancellationToken);
            return import.Files.Any(file => file.Path == path) || import.Records.Any(records => records.SourcePath == _path)
                ? import
                : throw new ProblemException(new Problem(Sent, null, null,
                    $"{path} is none of the files that {name} is read from: benchmark.yaml, question.jsonl, its judge configuration, "
                    + "reference_answer/{model}.jsonl, model_answer/{model}.jsonl, model_judgment/{judge}/{model}.jsonl"));
        }
        catch (ProblemException refused)
        {
            throw new ProblemException([.. refused.Problems.Select(problem => problem with { File = InSendersWords(problem.File) })]);
        }
    }

    /// <summary>Where the store is, is of no use to who sent the file.</summary>
    private string? InSendersWords(string? file) => file is null || !file.StartsWith(this.Describe(""), StringComparison.Ordinal) ? file
        : file == this.Describe(_path) ? Sent
        : file[this.Describe("").Length..];

    private bool IsOwnRecord(string there) =>
        there != _path && there.StartsWith(folder, StringComparison.Ordinal) && StoredBenchmarks.IsRecords(there[folder.Length..]);
}
