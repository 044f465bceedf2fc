using ArenaBench.Core.Models;

namespace ArenaBench.Core.Tests.Models;

public sealed class EndpointProbeTests
{
    private readonly EndpointProbe _probe = new(Calls.Keys, TimeProvider.System);

    [Theory]
    [InlineData(200)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Endpoint_that_answers_anything_is_there_and_gets_no_key(int status)
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync("{}", status);

        Assert.Empty(await FindAsync(Calls.Model(endpoint.Base), Calls.Model(endpoint.Base, model: "other") with { Name = "other" }));

        var request = Assert.Single(endpoint.Requests);
        Assert.Equal(("", false), (request.Body, request.Headers.Values.Any(value => value.Contains("canary", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Endpoint_that_is_not_there_is_named_for_each_model()
    {
        var problems = await FindAsync(Calls.Model("http://127.0.0.1:1/v1"), Calls.Model("http://127.0.0.1:1/v1") with { Name = "b-model" });

        Assert.Equal(
            ["a-model: nothing listens at 127.0.0.1:1; is the server started?", "b-model: nothing listens at 127.0.0.1:1; is the server started?"],
            problems.Select(problem => problem.Message));
    }

    [Fact]
    public async Task One_endpoint_of_several_is_enough()
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync("{}");

        Assert.Empty(await FindAsync(Calls.Model("") with
        {
            Endpoints = [new EndpointSettings("http://127.0.0.1:1/v1", null, null), new EndpointSettings(endpoint.Base, null, null)],
        }));
    }

    private Task<IReadOnlyList<ArenaBench.Core.Configuration.Problem>> FindAsync(params ModelSettings[] models) =>
        _probe.FindUnreachableAsync(models, TestContext.Current.CancellationToken);
}
