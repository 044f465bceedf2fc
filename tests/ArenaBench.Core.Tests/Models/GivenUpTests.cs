using ArenaBench.Core.Models;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Tests.Models;

/// <summary>After a failure that every other call would meet too, nothing more is sent there.</summary>
public sealed class GivenUpTests
{
    private const string WrongKey = """{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""";
    private const string Page = "<!DOCTYPE html><html><body>Welcome</body></html>";

    [Fact]
    public async Task No_more_than_parallel_calls_meet_a_refused_key()
    {
        const int Lanes = 20;
        var arrived = new SemaphoreSlim(0);
        await using var endpoint = await FakeEndpoint.StartAsync(async context =>
        {
            // Nobody is refused before as many wait as may, so that all others wait for their places.
            arrived.Release();
            while (arrived.CurrentCount < 4)
                await Task.Delay(1, context.RequestAborted);
            await FakeEndpoint.WriteAsync(context, WrongKey, 401);
        });
        using var caller = new ModelCaller(Calls.Keys, TimeProvider.System);
        var model = Calls.Model(endpoint.Base) with { Parallel = 4 };

        var replies = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(i => CallAsync(caller, model)));

        Assert.Equal(4, endpoint.Requests.Count);
        Assert.All(replies, reply => Assert.Equal((RecordStatus.KeyRefused, 0), (reply.Status, reply.Attempts)));
        Assert.All(replies, reply => Assert.Contains("check ${KEY}", reply.Reason));
    }

    [Fact]
    public async Task Settings_of_a_retried_run_ask_again()
    {
        var isRefused = true;
        await using var endpoint = await FakeEndpoint.StartAsync(context => isRefused
            ? FakeEndpoint.WriteAsync(context, WrongKey, 401)
            : FakeEndpoint.WriteAsync(context, FakeEndpoint.Completion("x")));
        using var caller = new ModelCaller(Calls.Keys, TimeProvider.System);
        var model = Calls.Model(endpoint.Base);
        await CallAsync(caller, model);
        isRefused = false;

        Assert.Equal(RecordStatus.KeyRefused, (await CallAsync(caller, model)).Status);
        Assert.Equal(RecordStatus.Ok, (await CallAsync(caller, model with { })).Status);
    }

    [Fact]
    public async Task Other_endpoint_of_the_model_answers_for_the_one_given_up()
    {
        await using var refusing = await FakeEndpoint.AnsweringAsync(WrongKey, 401);
        await using var well = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("x"));
        using var caller = new ModelCaller(Calls.Keys, TimeProvider.System);
        var model = Calls.Model(well.Base) with { Parallel = 1, Endpoints = [new EndpointSettings(refusing.Base, "${KEY}", null), new EndpointSettings(well.Base, "${KEY}", null)] };

        for (var i = 0; i < 10; i++)
            Assert.Equal((RecordStatus.Ok, 1), (await CallAsync(caller, model)) is var reply ? (reply.Status, reply.Attempts) : default);

        Assert.Single(refusing.Requests);
    }

    [Fact]
    public async Task Web_site_in_place_of_an_endpoint_is_given_up()
    {
        await using var site = await FakeEndpoint.AnsweringAsync(Page);
        using var caller = new ModelCaller(Calls.Keys, TimeProvider.System);
        var model = Calls.Model(site.Base);

        var replies = new List<ModelReply>();
        for (var i = 0; i < 6; i++)
            replies.Add(await CallAsync(caller, model));

        Assert.Equal(3, site.Requests.Count);
        Assert.Equal([RecordStatus.Malformed, RecordStatus.Malformed, .. Enumerable.Repeat(RecordStatus.UnknownModel, 4)], replies.Select(reply => reply.Status));
        Assert.All(replies, reply => Assert.Contains("answers with a web page; is api_base right?", reply.Reason));
    }

    [Fact]
    public async Task Pages_of_an_endpoint_that_has_answered_pass()
    {
        var calls = 0;
        await using var endpoint = await FakeEndpoint.StartAsync(context => Interlocked.Increment(ref calls) is 1 or > 5
            ? FakeEndpoint.WriteAsync(context, FakeEndpoint.Completion("x"))
            : FakeEndpoint.WriteAsync(context, Page));
        using var caller = new ModelCaller(Calls.Keys, TimeProvider.System);
        var model = Calls.Model(endpoint.Base);

        var statuses = new List<RecordStatus>();
        for (var i = 0; i < 6; i++)
            statuses.Add((await CallAsync(caller, model)).Status);

        Assert.Equal([RecordStatus.Ok, .. Enumerable.Repeat(RecordStatus.Malformed, 4), RecordStatus.Ok], statuses);
    }

    private static Task<ModelReply> CallAsync(ModelCaller caller, ModelSettings model) =>
        caller.CallAsync(model, Calls.Ask("hi"), new CallContext("run"), TestContext.Current.CancellationToken);
}
