using System.Diagnostics;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>Two hosts on one storage, by mistake or after a crash.</summary>
public sealed class TwoHostsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SecondHost_SaysWhoRunsTheHub_AndEnds_AndAfterAKillTheNextStartsAtOnce()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("ARENABENCH_HOST_CMD") is { Length: > 0 }, "On Azure several hosts share a hub.");
        var (storage, name) = (await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("two"));
        await using var first = await HostProcess.StartAsync(storage, name, Cancel);

        var (code, said) = await RunSecondAsync(storage, name);

        Assert.NotEqual(0, code);
        Assert.Contains($"process {first.ProcessId} on {Environment.MachineName} at http://127.0.0.1:{first.Port}", said, StringComparison.Ordinal);
        Assert.Contains("stop it, or choose another hub name", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        using (var alive = await first.Http.GetAsync("api/runs", Cancel))
            Assert.True(alive.IsSuccessStatusCode);

        // The claim of the killed one is still in the storage, renewed a moment ago.
        await first.KillAsync();
        await first.StartAsync(Cancel);
    }

    private static async Task<(int Code, string Said)> RunSecondAsync(string storage, string name)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ArenaBench.Functions.dll"), "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["AzureWebJobsStorage"] = storage;
        start.Environment["ArenaBench__Container"] = name;
        start.Environment["AzureFunctionsJobHost__extensions__durableTask__hubName"] = HostProcess.HubName(name);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output + await errors);
    }
}
