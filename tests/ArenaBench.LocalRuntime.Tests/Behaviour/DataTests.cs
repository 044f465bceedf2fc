using System.Net;

namespace ArenaBench.LocalRuntime.Tests.Behaviour;

[Collection(BehaviourCollection.Name)]
public sealed class DataTests(BehaviourHost host)
{
    private InstanceClient Instances => host.Instances;

    [Fact]
    [Behaviour("DATA-01", "DATA-02")]
    public async Task NamesAreReadInAnyCase_AndWrittenAsDeclared_EnumsAsNumbers()
    {
        var status = await Instances.CompletedAsync(
            await Instances.StartAsync("RoundTrip", new Dictionary<string, object> { ["nAmE"] = "x", ["SIZE"] = 2, ["colour"] = 1 }));

        Assert.Equal("""{"Name":"x","Size":2,"Colour":1}""", Compact(status.GetProperty("output").GetRawText()));
    }

    [Theory]
    [Behaviour("DATA-03")]
    [InlineData("NumberToText")]
    [InlineData("ObjectToText")]
    public async Task ActivityInputOfAnotherKind_Fails(string orchestrator) =>
        await Instances.FailedAsync(await Instances.StartAsync(orchestrator));

    [Fact]
    [Behaviour("DATA-04")]
    public async Task FunctionNames_IgnoreCase()
    {
        var status = await Instances.CompletedAsync(await Instances.StartAsync("heLLoInOtherCase"));

        Assert.Equal("Hello case", InstanceClient.Output(status));
    }

    [Fact]
    [Behaviour("DATA-05")]
    public async Task EventNames_IgnoreCase()
    {
        var instance = await Instances.StartAsync("WaitsForText");

        (await Instances.RaiseAsync(instance, "gO", "\"heard\"")).Dispose();

        Assert.Equal("heard", InstanceClient.Output(await Instances.CompletedAsync(instance)));
    }

    [Fact]
    [Behaviour("DATA-06")]
    public async Task EventBeforeTheWait_IsKept()
    {
        var instance = await Instances.StartAsync("WorksThenWaits");

        (await Instances.RaiseAsync(instance, "Go", "\"early\"")).Dispose();

        Assert.Equal("early", InstanceClient.Output(await Instances.CompletedAsync(instance)));
    }

    [Fact]
    [Behaviour("DATA-07")]
    public async Task NullEvent_AwaitedAsANumber_Fails()
    {
        var instance = await Instances.StartAsync("WaitsForNumber");

        using var raised = await Instances.RaiseAsync(instance, "Go", "null");

        Assert.Equal(HttpStatusCode.Accepted, raised.StatusCode);
        await Instances.FailedAsync(instance);
    }

    [Fact]
    [Behaviour("DATA-08")]
    public async Task Activity_KnowsItsInstanceAndItsName()
    {
        var instance = await Instances.StartAsync("Caller");

        Assert.Equal($"{instance.Id} WhoCalls", InstanceClient.Output(await Instances.CompletedAsync(instance)));
    }

    private static string Compact(string json) => System.Text.Json.Nodes.JsonNode.Parse(json)!.ToJsonString();
}
