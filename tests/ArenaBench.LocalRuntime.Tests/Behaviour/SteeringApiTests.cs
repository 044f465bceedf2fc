using System.Net;
using System.Text;
using System.Text.Json;

namespace ArenaBench.LocalRuntime.Tests.Behaviour;

[Collection(BehaviourCollection.Name)]
public sealed class SteeringApiTests(BehaviourHost host)
{
    private InstanceClient Instances => host.Instances;

    [Fact]
    [Behaviour("MGMT-08", "MGMT-11")]
    public async Task Suspend_ShowsItsReason_AndResumeGoesOn()
    {
        var instance = await Instances.StartAsync("WaitsForText");
        await Instances.UntilAsync(instance, s => InstanceClient.Of(s) == "Running");

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(instance.Suspend("pause")));
        var suspended = await Instances.UntilAsync(instance, s => InstanceClient.Of(s) == "Suspended");
        using var answer = await Instances.GetAsync(instance);
        using (await Instances.RaiseAsync(instance, "Go", "\"on\"")) { }
        Assert.Equal("Suspended", InstanceClient.Of(await Instances.StatusAsync(instance)));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(instance.Resume("go")));

        Assert.Equal("pause", InstanceClient.Output(suspended));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("on", InstanceClient.Output(await Instances.CompletedAsync(instance)));
    }

    [Fact]
    [Behaviour("MGMT-08")]
    public async Task Terminate_EndsWithTheReasonAsOutput()
    {
        var instance = await Instances.StartAsync("WaitsForText");

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(instance.Terminate("enough")));

        var status = await Instances.EndedAsync(instance);
        Assert.Equal(("Terminated", "enough"), (InstanceClient.Of(status), InstanceClient.Output(status)));
    }

    [Theory]
    [Behaviour("MGMT-08")]
    [InlineData("terminate")]
    [InlineData("suspend")]
    [InlineData("resume")]
    [InlineData("raiseEvent/Go")]
    public async Task UnknownInstance_Is404_AndEndedIs410(string operation)
    {
        var ended = await Instances.StartAsync("Hello", "ended");
        await Instances.CompletedAsync(ended);

        Assert.Equal(HttpStatusCode.NotFound, await PostAsync($"runtime/webhooks/durabletask/instances/nobody/{operation}"));
        Assert.Equal(HttpStatusCode.Gone, await PostAsync($"runtime/webhooks/durabletask/instances/{ended.Id}/{operation}"));
    }

    [Fact]
    [Behaviour("MGMT-14")]
    public async Task RaiseEvent_WantsJson()
    {
        var instance = await Instances.StartAsync("WaitsForText");

        using var text = await host.Http.PostAsync(
            instance.RaiseEvent.Replace("{eventName}", "Go", StringComparison.Ordinal), new StringContent("on"));
        using var broken = await Instances.RaiseAsync(instance, "Go", "{oops");
        using var good = await Instances.RaiseAsync(instance, "Go", "\"on\"");

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.Accepted),
            (text.StatusCode, broken.StatusCode, good.StatusCode));
        Assert.Equal("on", InstanceClient.Output(await Instances.CompletedAsync(instance)));
    }

    [Fact]
    [Behaviour("MGMT-09")]
    public async Task Purge_SaysHowMany_ThenTheInstanceIsUnknown()
    {
        var instance = await Instances.StartAsync("Hello", "purge");
        await Instances.CompletedAsync(instance);

        using var purge = await host.Http.DeleteAsync(instance.Purge);
        using var again = await host.Http.DeleteAsync(instance.Purge);
        using var status = await Instances.GetAsync(instance);

        Assert.Equal(HttpStatusCode.OK, purge.StatusCode);
        Assert.Equal("""{"instancesDeleted":1}""", await purge.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (again.StatusCode, status.StatusCode));
    }

    [Fact]
    [Behaviour("MGMT-09")]
    public async Task PurgeByTime_NeedsItsStart_AndIs404WhenNothingFits()
    {
        using var without = await host.Http.DeleteAsync("runtime/webhooks/durabletask/instances");
        using var nothing = await host.Http.DeleteAsync(
            "runtime/webhooks/durabletask/instances?createdTimeFrom=1999-01-01T00:00:00Z&createdTimeTo=2000-01-01T00:00:00Z");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (without.StatusCode, nothing.StatusCode));
    }

    [Fact]
    [Behaviour("MGMT-13")]
    public async Task StartByWebhook_Is202_AnUnknownNameIs400()
    {
        var id = InstanceClient.NewId();
        var input = new StringContent("\"Ada\"", Encoding.UTF8, "application/json");
        const string Root = "runtime/webhooks/durabletask/orchestrators";

        using var hello = await host.Http.PostAsync($"{Root}/Hello/{id}", input);
        using var unknown = await host.Http.PostAsync($"{Root}/NoSuchOrchestrator", null);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.BadRequest), (hello.StatusCode, unknown.StatusCode));
        using var body = JsonDocument.Parse(await hello.Content.ReadAsStringAsync());
        Assert.Equal(id, body.RootElement.GetProperty("id").GetString());
        var links = body.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
        Assert.Equal("Hello Ada", InstanceClient.Output(await Instances.CompletedAsync(new StartedInstance(links))));
    }

    private async Task<HttpStatusCode> PostAsync(string url)
    {
        using var answer = await host.Http.PostAsync(url, null);
        return answer.StatusCode;
    }
}
