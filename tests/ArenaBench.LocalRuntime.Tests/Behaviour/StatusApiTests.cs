using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ArenaBench.LocalRuntime.Tests.Behaviour;

[Collection(BehaviourCollection.Name)]
public sealed partial class StatusApiTests(BehaviourHost host)
{
    private InstanceClient Instances => host.Instances;

    [Fact]
    [Behaviour("MGMT-01", "MGMT-12")]
    public async Task Start_AnswersWithLinksThatWork()
    {
        using var answer = await Instances.PostStartAsync("Hello", "links");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        using var status = await host.Http.GetAsync(answer.Headers.Location);
        Assert.True(status.IsSuccessStatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var names = body.RootElement.EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Superset(
            new HashSet<string>
            {
                "id", "statusQueryGetUri", "sendEventPostUri", "terminatePostUri", "suspendPostUri", "resumePostUri",
                "purgeHistoryDeleteUri",
            },
            names);
    }

    [Fact]
    [Behaviour("MGMT-02")]
    public async Task Running_Is202WithLocationAndRetryAfter()
    {
        var instance = await Instances.StartAsync("WaitsForText");

        using var answer = await Instances.GetAsync(instance);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        using var again = await host.Http.GetAsync(answer.Headers.Location);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        (await host.Http.PostAsync(instance.Terminate("done"), null)).Dispose();
    }

    [Fact]
    [Behaviour("MGMT-03")]
    public async Task Failed_Is200_AndOnlyOnRequest500()
    {
        var instance = await Instances.StartAsync("Failing");
        await Instances.FailedAsync(instance);

        using var plain = await Instances.GetAsync(instance);
        using var asked = await Instances.GetAsync(instance, "returnInternalServerErrorOnFailure=true");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.InternalServerError), (plain.StatusCode, asked.StatusCode));
        Assert.Null(plain.Headers.Location);
    }

    [Fact]
    [Behaviour("MGMT-04")]
    public async Task UnknownId_Is404()
    {
        using var answer = await host.Http.GetAsync("runtime/webhooks/durabletask/instances/nobody");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    [Behaviour("MGMT-05")]
    public async Task Status_HasTheseFields_AndWholeSecondsUtc()
    {
        var instance = await Instances.StartAsync("Hello", "Ada");

        var status = await Instances.CompletedAsync(instance);

        Assert.Equal(
            ["createdTime", "customStatus", "input", "instanceId", "lastUpdatedTime", "name", "output", "runtimeStatus"],
            status.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("Hello", instance.Id, "Ada", "Hello Ada"), (Text("name"), Text("instanceId"), Text("input"), Text("output")));
        Assert.Equal(JsonValueKind.Null, status.GetProperty("customStatus").ValueKind);
        Assert.Matches(WholeSecond(), Text("createdTime"));
        Assert.Matches(WholeSecond(), Text("lastUpdatedTime"));

        string Text(string name) => status.GetProperty(name).GetString()!;
    }

    [Fact]
    [Behaviour("MGMT-06")]
    public async Task ShowInput_ShowHistory_ShowHistoryOutput_AreUnderstood()
    {
        var instance = await Instances.StartAsync("Hello", "Ada");
        await Instances.CompletedAsync(instance);

        var hidden = await Instances.StatusAsync(instance, "showInput=false");
        var bare = (await Instances.StatusAsync(instance, "showHistory=true")).GetProperty("historyEvents");
        var full = (await Instances.StatusAsync(instance, "showHistory=true&showHistoryOutput=true")).GetProperty("historyEvents");

        Assert.Equal(JsonValueKind.Null, hidden.GetProperty("input").ValueKind);
        Assert.Equal(["ExecutionStarted", "TaskCompleted", "ExecutionCompleted"], Kinds(bare));
        Assert.Equal(Kinds(bare), Kinds(full));
        Assert.False(bare[1].TryGetProperty("Result", out _));
        Assert.Equal("Hello Ada", full[1].GetProperty("Result").GetString());
        Assert.Equal("Hello Ada", full[2].GetProperty("Result").GetString());
        Assert.Equal("SayHello", full[1].GetProperty("FunctionName").GetString());
        Assert.Equal("Completed", full[2].GetProperty("OrchestrationStatus").GetString());

        static string[] Kinds(JsonElement history) =>
            [.. history.EnumerateArray().Select(e => e.GetProperty("EventType").GetString()!)];
    }

    [Fact]
    [Behaviour("MGMT-07")]
    public async Task List_FiltersAndContinues()
    {
        var prefix = InstanceClient.NewId();
        foreach (var number in (int[])[1, 2, 3])
            await Instances.CompletedAsync(await Instances.StartAsync("Hello", "list", $"{prefix}-{number}"));
        await Instances.FailedAsync(await Instances.StartAsync("Failing", null, $"{prefix}-4"));

        var all = await ListAsync($"instanceIdPrefix={prefix}&top=2");
        var completed = await ListAsync($"instanceIdPrefix={prefix}&runtimeStatus=Completed,Running");
        var future = await ListAsync($"instanceIdPrefix={prefix}&createdTimeFrom=2999-01-01T00:00:00Z");
        var past = await ListAsync($"instanceIdPrefix={prefix}&createdTimeTo=2000-01-01T00:00:00Z");

        Assert.Equal(["1", "2", "3", "4"], all.Select(id => id[^1..]).Order(StringComparer.Ordinal));
        Assert.Equal(["1", "2", "3"], completed.Select(id => id[^1..]).Order(StringComparer.Ordinal));
        Assert.Empty(future);
        Assert.Empty(past);
    }

    private async Task<List<string>> ListAsync(string query)
    {
        var ids = new List<string>();
        string? continuation = null;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"runtime/webhooks/durabletask/instances?{query}");
            if (continuation is not null) request.Headers.Add("x-ms-continuation-token", continuation);
            using var answer = await host.Http.SendAsync(request);
            using var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            ids.AddRange(page.RootElement.EnumerateArray().Select(i => i.GetProperty("instanceId").GetString()!));
            continuation = answer.Headers.TryGetValues("x-ms-continuation-token", out var values) ? values.First() : null;
        }
        while (!string.IsNullOrEmpty(continuation));
        return ids;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    private static partial Regex WholeSecond();
}
