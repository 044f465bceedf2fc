using System.Diagnostics;

namespace ArenaBench.Azurite;

/// <summary>Blob storage in use by this process. Disposing stops it if we started it and no other process uses it any more.</summary>
public sealed class AzuriteInstance : IAsyncDisposable
{
    // The account and key that every Azurite has; published, and of no use anywhere else.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly RunningAzurite? _record;
    private readonly StorageFolder? _folder;
    private (string Path, FileTurn Turn)? _use;

    internal AzuriteInstance(int port, RunningAzurite? record, StorageFolder? folder)
    {
        Port = port;
        _record = record;
        _folder = folder;
        _use = folder?.AddUser();
    }

    public int Port { get; }

    /// <summary>Null where somebody else started it: then it is not ours to stop.</summary>
    public int? Pid => _record?.Pid;

    public Uri BlobUri => new($"http://127.0.0.1:{Port}/{Account}");

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={BlobUri};";

    /// <summary>Asks it to write its state and stop (SIGTERM), and waits until it has; other users lose it too.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_record is null || _folder is null)
            throw new InvalidOperationException($"The blob storage on port {Port} was started by somebody else.");
        await TerminateAsync(_record, _folder, StopTimeout, cancellationToken);
    }

    /// <summary>Kills it at once (SIGKILL): up to 5 s of acknowledged writes are lost. For tests of that.</summary>
    public void Kill()
    {
        if (_record is null)
            throw new InvalidOperationException($"The blob storage on port {Port} was started by somebody else.");
        if (!_record.IsAlive)
            return;
        ProcessSignals.KillNow(_record.Pid);
        SpinWait.SpinUntil(() => !_record.IsAlive, StopTimeout);
    }

    public async ValueTask DisposeAsync()
    {
        if (_use is not { } use || _folder is null || _record is null)
            return;
        _use = null;
        await using var turn = await _folder.TakeTurnAsync(StopTimeout, CancellationToken.None);
        await use.Turn.DisposeAsync();
        File.Delete(use.Path);
        // Not always the one that we were given: it may have been killed, and another started for the folder.
        if (!await _folder.HasUsersAsync() && _folder.ReadRecord() is { } running)
            await TerminateAsync(running, _folder, StopTimeout, CancellationToken.None);
    }

    /// <summary>Forgets it without stopping it, as a killed process does.</summary>
    internal async Task AbandonAsync()
    {
        if (_use is { } use)
            await use.Turn.DisposeAsync();
        _use = null;
    }

    internal static async Task TerminateAsync(RunningAzurite record, StorageFolder folder, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (record.IsAlive)
        {
            RequestStop(record.Pid, folder, byFile: OperatingSystem.IsWindows());
            var started = Stopwatch.GetTimestamp();
            while (record.IsAlive)
            {
                if (Stopwatch.GetElapsedTime(started) > timeout)
                    ProcessSignals.KillNow(record.Pid);
                await Task.Delay(15, cancellationToken);
            }
        }
        // Another may have been started for the folder in the meantime.
        if (folder.ReadRecord()?.Pid == record.Pid)
            folder.DeleteRecord();
    }

    internal static void RequestStop(int pid, StorageFolder folder, bool byFile)
    {
        if (byFile)
            File.WriteAllText(folder.StopFile, "");
        else
            ProcessSignals.SendTerminate(pid);
    }
}
