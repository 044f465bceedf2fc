using System.Net;
using System.Text.Json;

namespace ArenaBench.LocalRuntime.Tests.Behaviour;

[Collection(BehaviourCollection.Name)]
public sealed class OrchestrationTests(BehaviourHost host)
{
    private InstanceClient Instances => host.Instances;

    [Theory]
    [Behaviour("ORC-01")]
    [InlineData("LeavesTimer")]
    [InlineData("LeavesActivity")]
    [InlineData("LeavesChild")]
    public async Task Returned_StaysRunningUntilWhatItScheduledHasEnded(string orchestrator) =>
        Assert.True(Lifetime(await Instances.CompletedAsync(await Instances.StartAsync(orchestrator))) >= TimeSpan.FromSeconds(2));

    [Fact]
    [Behaviour("ORC-02")]
    public async Task Failed_StaysRunningUntilItsTimerHasFired() =>
        Assert.True(Lifetime(await Instances.FailedAsync(await Instances.StartAsync("FailsWithTimer"))) >= TimeSpan.FromSeconds(2));

    [Fact]
    [Behaviour("ORC-03")]
    public async Task WaitLeftBehind_DoesNotCount() =>
        await Instances.CompletedAsync(await Instances.StartAsync("LeavesWait"));

    [Fact]
    [Behaviour("ORC-04")]
    public async Task CancelledTimer_DoesNotCount() =>
        await Instances.CompletedAsync(await Instances.StartAsync("CancelsTimer"));

    [Fact]
    [Behaviour("ORC-05")]
    public async Task Timer_IsAtMostASecondEarly()
    {
        var status = await Instances.CompletedAsync(await Instances.StartAsync("Timer"));

        Assert.True(status.GetProperty("output").GetDouble() >= 2, status.ToString());
    }

    [Theory]
    [Behaviour("ORC-06")]
    [InlineData("Delays")]
    [InlineData("RunsElsewhere")]
    public async Task AwaitingAnythingElse_Fails(string orchestrator) =>
        await Instances.FailedAsync(await Instances.StartAsync(orchestrator));

    [Fact]
    [Behaviour("ORC-07")]
    public async Task ConfigureAwaitFalse_NeverCompletes()
    {
        var instance = await Instances.StartAsync("LeavesItsThread");
        if (BehaviourHost.GivenUrl is null)
        {
            await Instances.FailedAsync(instance);
            return;
        }

        await Task.Delay(TimeSpan.FromSeconds(10));
        Assert.NotEqual("Completed", InstanceClient.Of(await Instances.StatusAsync(instance)));
        (await host.Http.PostAsync(instance.Terminate("hangs"), null)).Dispose();
    }

    [Fact]
    [Behaviour("ORC-08")]
    public async Task AnotherPathOnReplay_Fails()
    {
        var status = await Instances.FailedAsync(await Instances.StartAsync("ChangesItsMind"));

        Assert.Contains("determin", InstanceClient.Output(status), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Behaviour("ORC-09", "TRIED-02")]
    public async Task Children_HaveGuidsOrTheirGivenIds()
    {
        var instance = await Instances.StartAsync("Parent");

        var ids = (await Instances.CompletedAsync(instance)).GetProperty("output");

        Assert.True(Guid.TryParse(ids[0].GetString(), out _), ids.ToString());
        Assert.Equal($"{instance.Id}:m00:s001", ids[1].GetString());
    }

    [Fact]
    [Behaviour("ORC-10")]
    public async Task ContinueAsNew_ShowsTheNewestInput()
    {
        var status = await Instances.CompletedAsync(await Instances.StartAsync("Count", 1));

        Assert.Equal((3, 3), (status.GetProperty("input").GetInt32(), status.GetProperty("output").GetInt32()));
    }

    [Fact]
    [Behaviour("ORC-11")]
    public async Task CustomStatus_HoldsSixteenKilobytesOfUtf16()
    {
        var fits = await Instances.StartAsync("Status", 8_000);
        var shown = await Instances.UntilAsync(fits, s => s.GetProperty("customStatus").ValueKind == JsonValueKind.String);
        (await host.Http.PostAsync(fits.Terminate("seen"), null)).Dispose();

        Assert.Equal(8_000, shown.GetProperty("customStatus").GetString()!.Length);
        await Instances.FailedAsync(await Instances.StartAsync("Status", 9_000));
    }

    [Fact]
    [Behaviour("ORC-12", "ORC-13")]
    public async Task RunningId_IsRefused_AndFreeAgainAfterTheEnd()
    {
        var id = InstanceClient.NewId();
        var first = await Instances.StartAsync("WaitsForText", null, id);
        using var second = await Instances.PostStartAsync("Hello", "again", id);
        (await host.Http.PostAsync(first.Terminate("over"), null)).Dispose();
        await Instances.EndedAsync(first);

        var third = await Instances.StartAsync("Hello", "again", id);

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal("Hello again", InstanceClient.Output(
            await Instances.UntilAsync(third, s => InstanceClient.Of(s) == "Completed")));
    }

    [Fact]
    [Behaviour("ORC-14")]
    public async Task IdWithAnAtSign_IsRefused()
    {
        using var answer = await Instances.PostStartAsync("Hello", "at", "@entity");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    [Behaviour("ORC-15")]
    public async Task UnknownOrchestrator_IsScheduledAndFails() =>
        await Instances.FailedAsync(await Instances.StartAsync("NoSuchOrchestrator"));

    [Fact]
    [Behaviour("TRIED-01")]
    public async Task Gates_HoldTheirNumber()
    {
        var status = await Instances.CompletedAsync(await Instances.StartAsync("Gated"));

        Assert.Equal([2, 2], status.GetProperty("output").EnumerateArray().Select(n => n.GetInt32()));
    }

    [Fact]
    [Behaviour("TRIED-02")]
    public async Task ChildIsRead_WhileTheParentRuns()
    {
        var parent = await Instances.StartAsync("Watched");
        var child = new StartedInstance(parent.Links.ToDictionary(
            l => l.Key, l => l.Value.Replace(parent.Id, Uri.EscapeDataString($"{parent.Id}:m00:s001"), StringComparison.Ordinal)));

        foreach (var step in (int[])[1, 2])
        {
            await Instances.UntilAsync(child, s => s.GetProperty("customStatus").ToString() == $"{step}");
            Assert.Equal("begun", (await Instances.StatusAsync(parent)).GetProperty("customStatus").GetString());
            (await Instances.RaiseAsync(child, "Step", "\"on\"")).Dispose();
        }

        await Instances.UntilAsync(parent, s => s.GetProperty("customStatus").ToString() == "child ended");
        (await Instances.RaiseAsync(parent, "End", "\"end\"")).Dispose();
        Assert.Equal("end", InstanceClient.Output(await Instances.CompletedAsync(parent)));
    }

    private static TimeSpan Lifetime(JsonElement status) =>
        status.GetProperty("lastUpdatedTime").GetDateTimeOffset() - status.GetProperty("createdTime").GetDateTimeOffset();
}
