namespace ArenaBench.LocalRuntime.Tests.Behaviour;

[Collection(BehaviourCollection.Name)]
public sealed class FailureTests(BehaviourHost host)
{
    private InstanceClient Instances => host.Instances;

    [Fact]
    [Behaviour("FAIL-01")]
    public async Task FailedActivity_IsATaskFailedExceptionWithDetails()
    {
        var output = InstanceClient.Output(await Instances.CompletedAsync(await Instances.StartAsync("Caught")))!;

        Assert.Matches(
            @"^Task 'FailAlways' \(#\d+\) failed with an unhandled exception: .*no luck with it.*\|.*no luck with it\|True$", output);
    }

    [Fact]
    [Behaviour("FAIL-02")]
    public async Task FailedInstance_ShowsTypeAndMessage()
    {
        var own = await Instances.FailedAsync(await Instances.StartAsync("Failing"));
        var activity = await Instances.FailedAsync(await Instances.StartAsync("Uncaught"));

        Assert.Matches("^[A-Za-z.]+: the orchestrator's own fault", InstanceClient.Output(own));
        Assert.Matches(@"^[A-Za-z.]+: Task 'FailAlways' \(#\d+\) failed", InstanceClient.Output(activity));
    }

    [Fact]
    [Behaviour("FAIL-05")]
    public async Task RetryPolicy_TriesAgain()
    {
        var status = await Instances.CompletedAsync(await Instances.StartAsync("Retried"));

        Assert.Equal(3, status.GetProperty("output").GetInt32());
    }

    [Theory]
    [Behaviour("FAIL-04")]
    [InlineData("get", "false")]
    [InlineData("purge", "0")]
    [InlineData("raise", "\"threw\"")]
    [InlineData("terminate", "\"threw\"")]
    public async Task ClientOnAnUnknownId(string operation, string expected)
    {
        using var answer = await host.Http.PostAsync($"api/client/{operation}/{InstanceClient.NewId()}", null);

        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
    }
}
