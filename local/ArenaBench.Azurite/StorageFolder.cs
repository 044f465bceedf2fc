using System.Text.Json;
using System.Text.Json.Serialization;
using ArenaBench.Local;

namespace ArenaBench.Azurite;

/// <summary>The data folder of one Azurite: who runs it, who uses it. All files but Azurite's own start with <c>arenabench-</c>.</summary>
internal sealed class StorageFolder
{
    private readonly string _path;

    public StorageFolder(string path)
    {
        _path = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(UsersFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AzuriteException($"The folder {_path} cannot be made: {e.Message}. Local storage keeps its data there; give another one.", e);
        }
    }

    public string DataPath => _path;

    public string LogFile => Path.Combine(_path, "arenabench-azurite.log");

    public string StopFile => Path.Combine(_path, "arenabench-stop");

    public string UsersFolder => Path.Combine(_path, "arenabench-users");

    private string RecordFile => Path.Combine(_path, "arenabench-process.json");

    /// <summary>Starting, joining and leaving happen one at a time.</summary>
    public Task<FileTurn> TakeTurnAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        FileTurn.TakeAsync(Path.Combine(_path, "arenabench-turn"), timeout, cancellationToken);

    /// <summary>Notes a user of the running Azurite, for as long as its process lives: the name says which (stop.cjs reads it), the open file proves it.</summary>
    public (string Path, FileTurn Turn) AddUser()
    {
        var path = Path.Combine(UsersFolder, $"{Environment.ProcessId}-{Guid.NewGuid():n}");
        return (path, FileTurn.TryTake(path)!);
    }

    /// <summary>Whether any living process uses it; forgets those that died.</summary>
    public async Task<bool> HasUsersAsync()
    {
        foreach (var file in Directory.GetFiles(UsersFolder))
        {
            if (FileTurn.TryTake(file) is not { } turn)
                return true;
            await turn.DisposeAsync();
            File.Delete(file);
        }
        return false;
    }

    public RunningAzurite? ReadRecord()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(RecordFile), RunningAzuriteJson.Default.RunningAzurite);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            // Absent, or cut short by a crash while it was written: nothing that we started is known.
            return null;
        }
    }

    public void WriteRecord(RunningAzurite record) =>
        File.WriteAllText(RecordFile, JsonSerializer.Serialize(record, RunningAzuriteJson.Default.RunningAzurite));

    public void DeleteRecord() => File.Delete(RecordFile);
}

/// <summary>The Azurite that we started, as written beside its data.</summary>
/// <param name="StartedAt">The process's start as the system tells it: a process id alone may be used again by another program.</param>
/// <param name="Port">Null until it has said on which port it listens.</param>
/// <param name="Mark">Tells the same whatever the clock says; null where the system has none.</param>
internal sealed record RunningAzurite(int Pid, DateTimeOffset StartedAt, int? Port, string? Mark = null)
{
    /// <summary>Start times are derived from the boot time on some systems and differ by clock corrections.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(3);

    [JsonIgnore]
    public bool IsAlive =>
        ProcessSignals.IsAlive(Pid) && (Mark is not null ? ProcessMark.Of(Pid) == Mark : HasStartedThen());

    private bool HasStartedThen() =>
        ProcessSignals.StartOf(Pid) is { } start && (start - StartedAt).Duration() < Tolerance;
}

[JsonSerializable(typeof(RunningAzurite))]
internal sealed partial class RunningAzuriteJson : JsonSerializerContext;
