using ArenaBench.Azurite;
using ArenaBench.LocalRuntime.Engine;
using ArenaBench.Testing;
using Azure.Core;
using Azure.Storage.Blobs;

namespace ArenaBench.LocalRuntime.Tests.Engine;

/// <summary>The real thing: the storage process dies under a running hub and forgets what it had acknowledged.</summary>
public sealed class AzuriteLossTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AzuriteGone_AndBack_TheRunEndsWhole_RecordsIncluded(bool isKilled)
    {
        if (await AzuriteLauncher.WhatIsMissingAsync(TestHub.Cancel) is { } missing)
            Assert.Skip(missing);
        using var folder = new TempFolder("arenabench-loss");
        var options = new AzuriteOptions { DataFolder = folder.Path, Port = 0 };
        var azurite = await AzuriteLauncher.StartAsync(options, TestHub.Cancel);
        try
        {
            var patient = new BlobClientOptions
            {
                Retry = { MaxRetries = 100, Mode = RetryMode.Fixed, Delay = TimeSpan.FromMilliseconds(200) },
            };
            var records = new BlobContainerClient(azurite.ConnectionString, "records", patient);
            var half = new TaskCompletionSource();
            var written = 0;
            var run = new SampleRun
            {
                Write = async record =>
                {
                    await Task.Delay(150, TestHub.Cancel);
                    await records.CreateIfNotExistsAsync(cancellationToken: TestHub.Cancel); // may be forgotten too
                    await records.GetBlobClient(record).UploadAsync(new BinaryData(record), overwrite: true, TestHub.Cancel);
                    if (Interlocked.Increment(ref written) == SampleRun.Shards * SampleRun.Questions / 2)
                        half.TrySetResult();
                },
                Exists = async record => await records.GetBlobClient(record).ExistsAsync(TestHub.Cancel),
            };
            var container = new BlobContainerClient(azurite.ConnectionString, "hub", DurableEngine.StorageOptions());
            await using var hub = run.Register(new TestHub(new BlobHistoryLog(container)));
            await hub.StartAsync();
            await hub.BeginAsync("Run", id: "run");
            await half.Task.WaitAsync(TestHub.Cancel);

            if (isKilled)
                azurite.Kill();
            else
                await azurite.StopAsync(TestHub.Cancel);
            azurite = await AzuriteLauncher.StartAsync(options with { Port = azurite.Port }, TestHub.Cancel);

            var status = await hub.EndAsync("run");
            Assert.Equal($"{SampleRun.Total}", status.SerializedOutput);
            await hub.RestartAsync();
            Assert.Equal($"{SampleRun.Total}", (await hub.EndAsync("run")).SerializedOutput);
            var kept = await records.GetBlobsAsync(cancellationToken: TestHub.Cancel).CountAsync(TestHub.Cancel);
            Assert.Equal(SampleRun.Shards * SampleRun.Questions, kept);
        }
        finally
        {
            await azurite.DisposeAsync();
        }
    }
}
