using ArenaBench.Azurite;
using ArenaBench.Testing;
using Azure.Storage.Blobs;

namespace ArenaBench.Local.Tests.Azurite;

public sealed class AzuriteLauncherTests : IDisposable
{
    private readonly TempFolder _folder = new("arena bench ü");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_FolderWithSpaces_KeepsBlobsOverAStop()
    {
        var options = await OptionsOrSkipAsync();
        await using (var storage = await AzuriteLauncher.StartAsync(options, Cancellation))
            await Container(storage).UploadBlobAsync("a/b c.txt", BinaryData.FromString("kept"), Cancellation);

        await using var again = await AzuriteLauncher.StartAsync(options, Cancellation);
        var blob = await Container(again).GetBlobClient("a/b c.txt").DownloadContentAsync(Cancellation);
        Assert.Equal("kept", blob.Value.Content.ToString());
    }

    [Fact]
    public async Task Dispose_LastUser_StopsIt()
    {
        var options = await OptionsOrSkipAsync();
        var first = await AzuriteLauncher.StartAsync(options, Cancellation);
        var second = await AzuriteLauncher.StartAsync(options, Cancellation);
        Assert.Equal(first.Pid, second.Pid);

        await first.DisposeAsync();
        Assert.True(await AzuriteProbe.IsRunningAsync(second.Port, Cancellation));

        await second.DisposeAsync();
        Assert.Equal(PortState.Free, (await AzuriteProbe.ProbeAsync(second.Port, Cancellation)).State);
        Assert.False(ProcessSignals.IsAlive(second.Pid!.Value));
    }

    [Fact]
    public async Task Start_FoundOnThePort_IsUsedAndLeftRunning()
    {
        var options = await OptionsOrSkipAsync();
        await using var theirs = await AzuriteLauncher.StartAsync(options, Cancellation);
        using var elsewhere = new TempFolder();

        await using (var found = await AzuriteLauncher.StartAsync(new AzuriteOptions { DataFolder = elsewhere.Path, Port = theirs.Port }, Cancellation))
        {
            Assert.Null(found.Pid);
            Assert.Equal(theirs.Port, found.Port);
            await Assert.ThrowsAsync<InvalidOperationException>(() => found.StopAsync(Cancellation));
        }
        Assert.True(await AzuriteProbe.IsRunningAsync(theirs.Port, Cancellation));
    }

    [Fact]
    public async Task Start_AfterItsHostWasKilled_JoinsTheOneThatRuns()
    {
        var options = await OptionsOrSkipAsync();
        var abandoned = await AzuriteLauncher.StartAsync(options, Cancellation);
        await abandoned.AbandonAsync();

        await using var next = await AzuriteLauncher.StartAsync(options, Cancellation);
        Assert.Equal(abandoned.Pid, next.Pid);
        await next.DisposeAsync();
        Assert.False(ProcessSignals.IsAlive(abandoned.Pid!.Value));
    }

    [Fact]
    public async Task Start_AfterAKill_StartsAnotherOnTheSamePort()
    {
        var options = await OptionsOrSkipAsync();
        await using var first = await AzuriteLauncher.StartAsync(options, Cancellation);
        first.Kill();

        await using var second = await AzuriteLauncher.StartAsync(options with { Port = first.Port }, Cancellation);
        Assert.NotEqual(first.Pid, second.Pid);
        Assert.Equal(first.Port, second.Port);
        await Container(second).UploadBlobAsync("a", BinaryData.FromString("b"), Cancellation);

        await second.DisposeAsync();
        await first.DisposeAsync();
        Assert.False(ProcessSignals.IsAlive(second.Pid!.Value));
    }

    [Fact]
    public async Task RequestStop_ByFile_StopsInGoodOrder()
    {
        // The way taken on Windows, which has no SIGTERM.
        var options = await OptionsOrSkipAsync();
        await using var storage = await AzuriteLauncher.StartAsync(options, Cancellation);
        await Container(storage).UploadBlobAsync("a", BinaryData.FromString("kept"), Cancellation);
        AzuriteInstance.RequestStop(storage.Pid!.Value, new StorageFolder(options.DataFolder), byFile: true);
        while (ProcessSignals.IsAlive(storage.Pid!.Value))
            await Task.Delay(20, Cancellation);

        await using var again = await AzuriteLauncher.StartAsync(options, Cancellation);
        Assert.True(await Container(again).GetBlobClient("a").ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task Start_InAProcessGroupOfItsOwn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Process groups are read from /proc.");
        await using var storage = await AzuriteLauncher.StartAsync(await OptionsOrSkipAsync(), Cancellation);
        Assert.Equal(storage.Pid, ProcessGroup(storage.Pid!.Value));
        Assert.NotEqual(ProcessGroup(Environment.ProcessId), ProcessGroup(storage.Pid!.Value));
    }

    [Fact]
    public async Task Start_ForeignHttpService_SaysWhatAnswers()
    {
        await using var web = await ScriptedServer.StartAsync("HTTP/1.1 200 OK\r\nServer: shop/1.0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var error = await StartFailsAsync(web.Port);
        Assert.Contains($"Port {web.Port} is taken", error, StringComparison.Ordinal);
        Assert.Contains("answers HTTP 200 as \"shop/1.0\"", error, StringComparison.Ordinal);
        Assert.Contains("on another port", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ForeignNonHttpService_SaysSo()
    {
        await using var mail = await ScriptedServer.StartAsync("220 mail ready\r\n");
        Assert.Contains("does not speak HTTP", await StartFailsAsync(mail.Port), StringComparison.Ordinal);
    }

    [Fact]
    public void Died_PortTakenInBetween_SaysSo()
    {
        var error = AzuriteLauncher.Died(
            "Exit due to unhandled error: listen EADDRINUSE: address already in use 127.0.0.1:10000", 10000, new StorageFolder(_folder.Path));
        Assert.Contains("Port 10000 is taken", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orphan_EndsByItself()
    {
        // Long enough for a busy machine between its start and its first user.
        var options = await OptionsOrSkipAsync() with { OrphanTimeout = TimeSpan.FromSeconds(4) };
        var storage = await AzuriteLauncher.StartAsync(options, Cancellation);
        await storage.AbandonAsync();
        // The file of a process that died carries its id; no process has this one.
        foreach (var user in Directory.GetFiles(_folder.File("my data", "arenabench-users")))
            File.Move(user, user.Replace($"{Environment.ProcessId}-", $"{int.MaxValue}-", StringComparison.Ordinal));
        while (ProcessSignals.IsAlive(storage.Pid!.Value))
            await Task.Delay(20, Cancellation);
    }

    [Fact]
    public async Task Start_RecordOfAProcessIdThatNowIsAnother_IsNotTrusted()
    {
        var options = await OptionsOrSkipAsync();
        // Our own process stands for the stranger that got the id: it must neither be joined nor stopped.
        new StorageFolder(options.DataFolder).WriteRecord(new RunningAzurite(Environment.ProcessId, DateTimeOffset.UnixEpoch, 1));
        await using var storage = await AzuriteLauncher.StartAsync(options, Cancellation);
        Assert.NotEqual(Environment.ProcessId, storage.Pid);
    }

    private async Task<string> StartFailsAsync(int port)
    {
        var options = new AzuriteOptions { DataFolder = _folder.File("data"), Port = port };
        return (await Assert.ThrowsAsync<AzuriteException>(() => AzuriteLauncher.StartAsync(options, Cancellation))).Message;
    }

    private async Task<AzuriteOptions> OptionsOrSkipAsync()
    {
        if (await AzuriteLauncher.WhatIsMissingAsync(Cancellation) is { } missing)
            Assert.Skip(missing);
        return new AzuriteOptions { DataFolder = _folder.File("my data"), Port = 0 };
    }

    private static BlobContainerClient Container(AzuriteInstance storage)
    {
        var container = new BlobServiceClient(storage.ConnectionString).GetBlobContainerClient("test");
        container.CreateIfNotExists(cancellationToken: Cancellation);
        return container;
    }

    private static int ProcessGroup(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
    }
}
