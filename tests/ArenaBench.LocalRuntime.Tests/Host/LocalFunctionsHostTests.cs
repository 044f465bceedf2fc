using System.Net;
using ArenaBench.LocalRuntime.Hosting;
using ArenaBench.LocalRuntime.Tests.Behaviour;
using ArenaBench.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Tests.Host;

public sealed class LocalFunctionsHostTests(AzuriteFixture storage)
{
    [Fact]
    public async Task TwoHosts_LiveSideBySide()
    {
        await using var one = await SampleApp.StartAsync(storage);
        await using var two = await SampleApp.StartAsync(storage);

        var id = await one.Client.ScheduleNewOrchestrationInstanceAsync("Hello", "one", TestContext.Current.CancellationToken);
        var done = await one.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, TestContext.Current.CancellationToken);

        Assert.NotEqual(one.BaseUrl, two.BaseUrl);
        Assert.Equal("Hello one", done.ReadOutputAs<string>());
        Assert.Null(await two.Client.GetInstanceAsync(id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StoppedHost_LetsARunningActivityFinish_AndTheNextHostGoesOn()
    {
        var hub = SampleApp.NewHub();
        var id = InstanceClient.NewId();
        await using (var first = await SampleApp.StartAsync(storage, new LocalHostOptions { HubName = hub }))
        {
            using var http = new HttpClient { BaseAddress = first.BaseUrl };
            await new InstanceClient(first.BaseUrl).StartAsync("Busy", 1000, id);
            while (await http.GetStringAsync($"api/calls/{id}") != "1") await Task.Delay(20, TestContext.Current.CancellationToken);
            await first.StopAsync(TestContext.Current.CancellationToken);
        }

        await using var second = await SampleApp.StartAsync(storage, new LocalHostOptions { HubName = hub });
        var done = await second.Client.WaitForInstanceCompletionAsync(id, true, TestContext.Current.CancellationToken);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        using var calls = new HttpClient { BaseAddress = second.BaseUrl };
        Assert.Equal("0", await calls.GetStringAsync($"api/calls/{id}", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SecondHostOnTheSameHub_NamesTheFirst()
    {
        var hub = SampleApp.NewHub();
        await using var first = await SampleApp.StartAsync(storage, new LocalHostOptions { HubName = hub });

        var failure = await Assert.ThrowsAsync<LocalHostException>(
            () => SampleApp.StartAsync(storage, new LocalHostOptions { HubName = hub }));

        Assert.Contains(first.BaseUrl.ToString().TrimEnd('/'), failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{Environment.ProcessId}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunningHost_IsFoundByItsHub_UntilItStops()
    {
        var connection = await storage.ConnectionStringOrSkipAsync();
        var hub = SampleApp.NewHub();
        await using (var host = await SampleApp.StartAsync(storage, new LocalHostOptions { HubName = hub }))
            Assert.Equal(host.BaseUrl, await LocalFunctionsHost.FindRunningAsync(connection, hub, TestContext.Current.CancellationToken));

        Assert.Null(await LocalFunctionsHost.FindRunningAsync(connection, hub, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task TakenPort_IsOneSentence()
    {
        await using var first = await SampleApp.StartAsync(storage);

        var failure = await Assert.ThrowsAsync<LocalHostException>(
            () => SampleApp.StartAsync(storage, new LocalHostOptions { Url = first.BaseUrl.ToString() }));

        Assert.Contains($"{first.BaseUrl.Port}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("in use", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "not a storage connection string")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:9/a;", "does not answer")]
    public async Task WrongStorage_IsSaidWithTheSetting(string connection, string problem)
    {
        var failure = await Assert.ThrowsAsync<LocalHostException>(
            () => SampleApp.StartAsync(storage, new LocalHostOptions { StorageConnectionString = connection }));

        Assert.Contains("AzureWebJobsStorage", failure.Message, StringComparison.Ordinal);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData(null, "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, "http://localhost:3000", HttpStatusCode.Accepted)]
    [InlineData(null, null, HttpStatusCode.Accepted)]
    public async Task OtherSitesPages_AreKeptOut(string? hostHeader, string? origin, HttpStatusCode expected)
    {
        await using var host = await SampleApp.StartAsync(storage);
        using var http = new HttpClient { BaseAddress = host.BaseUrl };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/start/Hello");
        if (hostHeader is not null) request.Headers.Host = hostHeader;
        if (origin is not null) request.Headers.Add("Origin", origin);

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task ManagementPayload_PointsToTheHost()
    {
        await using var host = await SampleApp.StartAsync(storage);

        var links = host.Client.CreateHttpManagementPayload("an id");

        Assert.Equal($"{host.BaseUrl}runtime/webhooks/durabletask/instances/an%20id", links.StatusQueryGetUri);
    }
}
