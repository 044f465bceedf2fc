using ArenaBench.Testing;

namespace ArenaBench.LocalRuntime.Tests.Behaviour;

public sealed class RestartTests(AzuriteFixture storage)
{
    [Fact]
    [Behaviour("FAIL-03")]
    public async Task KilledHost_RunsTheActivityInFlightAgain()
    {
        await using var host = await HostProcess.StartAsync(storage);
        var instance = await host.Instances.StartAsync("Busy", 4000);
        await CallsAsync(host, instance.Id, 1);

        await host.KillAsync();
        await host.StartAgainAsync();

        Assert.Equal(1, (await host.Instances.CompletedAsync(instance)).GetProperty("output").GetInt32());
        await CallsAsync(host, instance.Id, 1);
    }

    [Fact]
    [Behaviour("FAIL-06")]
    public async Task KilledHost_KeepsResultsAndWaits()
    {
        await using var host = await HostProcess.StartAsync(storage);
        var instance = await host.Instances.StartAsync("WorksThenWaits");
        await host.Instances.UntilAsync(instance, s => InstanceClient.Of(s) == "Running");
        await CallsAsync(host, instance.Id, 1);
        await WorkRecordedAsync(host, instance);

        await host.KillAsync();
        await host.StartAgainAsync();
        (await host.Instances.RaiseAsync(instance, "Go", "\"after\"")).Dispose();

        Assert.Equal("after", InstanceClient.Output(await host.Instances.CompletedAsync(instance)));
        await CallsAsync(host, instance.Id, 0);
    }

    private static async Task CallsAsync(HostProcess host, string key, int expected)
    {
        var count = "";
        for (var tries = 0; tries < 200 && count != $"{expected}"; tries++, await Task.Delay(50))
            count = await host.Instances.Http.GetStringAsync($"api/calls/{Uri.EscapeDataString(key)}");
        Assert.Equal($"{expected}", count);
    }

    private static async Task WorkRecordedAsync(HostProcess host, StartedInstance instance)
    {
        for (var tries = 0; tries < 200; tries++, await Task.Delay(100))
        {
            var history = (await host.Instances.StatusAsync(instance, "showHistory=true")).GetProperty("historyEvents");
            if (history.EnumerateArray().Any(e => e.GetProperty("EventType").GetString() == "TaskCompleted")) return;
        }

        Assert.Fail("The activity's result was not recorded.");
    }
}
