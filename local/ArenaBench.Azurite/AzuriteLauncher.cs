using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ArenaBench.Local;

namespace ArenaBench.Azurite;

/// <summary>Finds, installs and starts local blob storage.</summary>
public static partial class AzuriteLauncher
{
    /// <summary>Uses the Azurite that already answers on the port or for the data folder, or starts one.</summary>
    /// <exception cref="AzuriteException">It cannot be used or started; the message says what to do.</exception>
    public static async Task<AzuriteInstance> StartAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        var folder = new StorageFolder(options.DataFolder);
        await using var turn = await folder.TakeTurnAsync(options.InstallTimeout + options.StartTimeout, cancellationToken);
        if (await FindOursAsync(folder, options, cancellationToken) is { } ours)
            return ours;
        if (options.Port != 0)
        {
            var probe = await AzuriteProbe.ProbeAsync(options.Port, cancellationToken);
            if (probe.State == PortState.BlobStorage)
                return new AzuriteInstance(options.Port, null, null);
            if (probe.State == PortState.Foreign)
                throw PortTaken(options.Port, probe.Detail);
        }
        return await LaunchAsync(folder, options, cancellationToken);
    }

    /// <summary>What this machine lacks for starting local storage, and what to do; null when Node.js and npm are there.</summary>
    public static async Task<string?> WhatIsMissingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FindToolsAsync(cancellationToken);
            return null;
        }
        catch (AzuriteException e)
        {
            return e.Message;
        }
    }

    private static async Task<NodeTools> FindToolsAsync(CancellationToken cancellationToken)
    {
        var tools = NodeTools.Find(Environment.GetEnvironmentVariable("PATH"), OperatingSystem.IsWindows(), File.Exists);
        var version = await ToolRun.RunAsync([tools.Node, "--version"], Path.GetTempPath(), TimeSpan.FromSeconds(30), cancellationToken);
        NodeTools.RequireVersion(tools.Node, version.Output);
        return tools;
    }

    /// <summary>One that an earlier command started for this folder and that still runs, because it is in use or because its host was killed.</summary>
    private static async Task<AzuriteInstance?> FindOursAsync(StorageFolder folder, AzuriteOptions options, CancellationToken cancellationToken)
    {
        var record = folder.ReadRecord();
        if (record is null || !record.IsAlive)
            return null;
        if (record.Port is { } port && await AzuriteProbe.IsRunningAsync(port, cancellationToken))
            return new AzuriteInstance(port, record, folder);
        // Half started or half stopped: two Azurites on one folder would destroy each other's data.
        await AzuriteInstance.TerminateAsync(record, folder, options.StartTimeout, cancellationToken);
        return null;
    }

    private static async Task<AzuriteInstance> LaunchAsync(StorageFolder folder, AzuriteOptions options, CancellationToken cancellationToken)
    {
        var tools = await FindToolsAsync(cancellationToken);
        var installation = await AzuriteInstallation.EnsureAsync(tools, options, cancellationToken);

        File.Delete(folder.StopFile);
        string[] command =
        [
            tools.Node, installation.LaunchScript, folder.LogFile, installation.MainScript,
            "--blobHost", "127.0.0.1",
            "--blobPort", options.Port.ToString(CultureInfo.InvariantCulture),
            "--location", folder.DataPath,
            // Longer than a client keeps an idle connection: a request must not meet the server's closing of it.
            "--blobKeepAliveTimeout", "300",
            "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--loose",
        ];
        var environment = new Dictionary<string, string>
        {
            ["ARENABENCH_STOP_FILE"] = folder.StopFile,
            ["ARENABENCH_USERS_FOLDER"] = folder.UsersFolder,
            ["ARENABENCH_ORPHAN_SECONDS"] = options.OrphanTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        };
        var launch = await ToolRun.RunAsync(command, folder.DataPath, options.StartTimeout, cancellationToken, environment);
        if (launch.ExitCode != 0 || !int.TryParse(launch.Output.Trim(), out var pid))
            throw new AzuriteException($"Azurite could not be started by {tools.Node}. It said: {launch.Tail}");

        var record = new RunningAzurite(pid, ProcessSignals.StartOf(pid) ?? DateTimeOffset.UnixEpoch, null, ProcessMark.Of(pid));
        folder.WriteRecord(record);
        try
        {
            var port = await WaitUntilReadyAsync(record, folder, options, cancellationToken);
            record = record with { Port = port };
            folder.WriteRecord(record);
            return new AzuriteInstance(port, record, folder);
        }
        catch
        {
            ProcessSignals.KillNow(pid);
            folder.DeleteRecord();
            throw;
        }
    }

    private static async Task<int> WaitUntilReadyAsync(
        RunningAzurite record, StorageFolder folder, AzuriteOptions options, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var log = ReadLog(folder.LogFile);
            if (ListensOn().Match(log) is { Success: true } match)
            {
                var port = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
                if (await AzuriteProbe.IsRunningAsync(port, cancellationToken))
                    return port;
            }
            if (!ProcessSignals.IsAlive(record.Pid))
                throw Died(ReadLog(folder.LogFile), options.Port, folder);
            if (Stopwatch.GetElapsedTime(started) > options.StartTimeout)
            {
                throw new AzuriteException(
                    $"Azurite did not answer within {options.StartTimeout.TotalSeconds:0} s. Its log is {folder.LogFile}; run the command again when the machine is less busy.");
            }
            await Task.Delay(15, cancellationToken);
        }
    }

    internal static AzuriteException Died(string log, int port, StorageFolder folder)
    {
        if (log.Contains("EADDRINUSE", StringComparison.Ordinal))
            return PortTaken(port, "another program holds it");
        if (log.Contains("EACCES", StringComparison.Ordinal))
            return new AzuriteException($"Azurite may not use port {port} or write into {folder.DataPath} (EACCES). Choose another port or folder.");
        var tail = string.Join(Environment.NewLine, log.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(6));
        return new AzuriteException($"Azurite ended while it was starting; its log is {folder.LogFile}. It said:{Environment.NewLine}{tail}");
    }

    private static AzuriteException PortTaken(int port, string detail) => new(
        $"Port {port} is taken by something that is not local blob storage: {detail}. "
        + $"Stop the program that listens on 127.0.0.1:{port}, or start local storage on another port.");

    private static string ReadLog(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"successfully listens on https?://127\.0\.0\.1:(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex ListensOn();
}
