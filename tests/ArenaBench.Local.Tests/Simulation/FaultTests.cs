using System.Net;
using System.Text.Json;
using ArenaBench.Simulation;
using ArenaBench.Simulation.Faults;

namespace ArenaBench.Local.Tests.Simulation;

/// <summary>Each fault as a client meets it.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private SimulatedEndpoint _endpoint = null!;
    private SimulationClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _endpoint = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancellation);
        _client = new SimulationClient(_endpoint);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _endpoint.DisposeAsync();
    }

    [Theory]
    [InlineData(FaultKind.RateLimit, 429, "rate_limit_exceeded")]
    [InlineData(FaultKind.InsufficientQuota, 429, "insufficient_quota")]
    [InlineData(FaultKind.ServerError, 500, null)]
    [InlineData(FaultKind.Unavailable, 503, "overloaded")]
    [InlineData(FaultKind.ContentFilterError, 400, "content_filter")]
    [InlineData(FaultKind.ContextLength, 400, "context_length_exceeded")]
    [InlineData(FaultKind.InvalidKey, 401, "invalid_api_key")]
    [InlineData(FaultKind.UnknownModel, 404, "model_not_found")]
    [InlineData(FaultKind.UnsupportedParameter, 400, "unsupported_parameter")]
    public async Task Error_HasItsStatusAndCode_AndIsNotPaid(FaultKind kind, int status, string? code)
    {
        using var response = await PostAsync(new FaultRule { Kind = kind });
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Null(response.Headers.RetryAfter);
        var error = (await SimulationClient.JsonAsync(response)).GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal((0, 1), (_endpoint.Counters.Paid, _endpoint.Counters.Faults[kind]));
    }

    [Theory]
    [InlineData(FaultKind.RateLimit)]
    [InlineData(FaultKind.Unavailable)]
    public async Task RetryAfter_IsSentWhereItIsSet(FaultKind kind)
    {
        using var response = await PostAsync(new FaultRule { Kind = kind, RetryAfterSeconds = 1.5 });
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
        Assert.Equal("1500", Assert.Single(response.Headers.GetValues("retry-after-ms")));
    }

    [Fact]
    public async Task Reset_ClosesTheConnection()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(new FaultRule { Kind = FaultKind.Reset }));
        Assert.Equal(0, _endpoint.Counters.Paid);
    }

    [Fact]
    public async Task CutBody_EndsTooSoonAndIsPaid()
    {
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => PostAsync(new FaultRule { Kind = FaultKind.CutBody }));
        Assert.Equal((1, 0), (_endpoint.Counters.Paid, _endpoint.Counters.Answered));
    }

    [Fact]
    public async Task TruncatedJson_IsAWholeResponseWithHalfOfTheJson()
    {
        using var response = await PostAsync(new FaultRule { Kind = FaultKind.TruncatedJson });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(text));
    }

    [Fact]
    public async Task Html_ComesInPlaceOfJson()
    {
        using var response = await PostAsync(new FaultRule { Kind = FaultKind.Html });
        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        using var gateway = await PostAsync(new FaultRule { Kind = FaultKind.Html, Status = 502 });
        Assert.Equal(HttpStatusCode.BadGateway, gateway.StatusCode);
    }

    [Fact]
    public async Task EmptyChoices_HasNone()
    {
        using var response = await PostAsync(new FaultRule { Kind = FaultKind.EmptyChoices });
        Assert.Empty((await SimulationClient.JsonAsync(response)).GetProperty("choices").EnumerateArray());
    }

    [Theory]
    [InlineData(FaultKind.EmptyContent, "stop", true)]
    [InlineData(FaultKind.ContentFilter, "content_filter", true)]
    [InlineData(FaultKind.Length, "length", false)]
    public async Task SpoiledAnswer_SaysHowItFinished(FaultKind kind, string reason, bool empty)
    {
        using var response = await PostAsync(new FaultRule { Kind = kind });
        var choice = (await SimulationClient.JsonAsync(response)).GetProperty("choices")[0];
        Assert.Equal(reason, choice.GetProperty("finish_reason").GetString());
        Assert.Equal(empty, choice.GetProperty("message").GetProperty("content").GetString()!.Length == 0);
    }

    [Theory]
    [InlineData(FaultKind.NoVerdict, 0)]
    [InlineData(FaultKind.TwoVerdicts, 2)]
    public async Task SpoiledJudgment_HasNoneOrTwoDifferentVerdicts(FaultKind kind, int verdicts)
    {
        _endpoint.SetFaults(new FaultRule { Kind = kind });
        foreach (var prompt in new[] { Prompts.Rate("Why?", "Because."), Prompts.Compare("Why?", "Because.", "Since.") })
        {
            var judgment = await _client.AskAsync("sim-judge", prompt);
            var marks = System.Text.RegularExpressions.Regex.Matches(judgment, @"\[\[.+?\]\]").Select(m => m.Value).ToList();
            Assert.Equal(verdicts, marks.Count);
            Assert.Equal(verdicts, marks.Distinct().Count());
        }
    }

    [Fact]
    public async Task Hang_LastsUntilTheClientGivesUp()
    {
        _endpoint.SetFaults(new FaultRule { Kind = FaultKind.Hang });
        using var http = new HttpClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var waiting = http.PostAsync(_client.ChatUrl, new StringContent(JsonSerializer.Serialize(SimulationClient.Body("sim-good", "x"))), patience.Token);
        await UntilAsync(() => _endpoint.Counters.Faults.ContainsKey(FaultKind.Hang));
        Assert.False(waiting.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await UntilAsync(() => _endpoint.Counters.InFlight == 0);
    }

    [Fact]
    public async Task Hang_DoesNotKeepTheEndpointFromStopping()
    {
        await using var endpoint = await SimulatedEndpoint.StartAsync(new SimulationOptions { Faults = [new FaultRule { Kind = FaultKind.Hang }] }, Cancellation);
        using var client = new SimulationClient(endpoint);
        var waiting = client.PostAsync(SimulationClient.Body("sim-good", "x"));
        await UntilAsync(() => endpoint.Counters.InFlight == 1);
        await endpoint.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => waiting);
    }

    [Fact]
    public async Task SlowFirstByte_IsAnAnswerInTheEnd()
    {
        using var response = await PostAsync(new FaultRule { Kind = FaultKind.SlowFirstByte, Seconds = 0.001 });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Counters_TellPaidCallsFromRepeatedOnes()
    {
        _endpoint.SetFaults(new FaultRule { Kind = FaultKind.ServerError, FromCall = 2, ToCall = 2 });
        foreach (var text in new[] { "x", "x", "x", "y" })
            using (await _client.PostAsync(SimulationClient.Body("sim-good", text)))
            {
            }
        var counters = _endpoint.Counters;
        Assert.Equal((4, 3, 2, 1), (counters.Calls, counters.Paid, counters.PaidRequests, counters.PaidAgain));
        using var response = await _client.GetAsync("/counters");
        var json = await SimulationClient.JsonAsync(response);
        Assert.Equal(1, json.GetProperty("faults").GetProperty("server_error").GetInt32());
        Assert.Equal(1, json.GetProperty("paidAgain").GetInt32());
    }

    private Task<HttpResponseMessage> PostAsync(FaultRule rule)
    {
        _endpoint.SetFaults(rule);
        return _client.PostAsync(SimulationClient.Body("sim-good", "Why is the sky blue?"));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(5, Cancellation);
    }
}
