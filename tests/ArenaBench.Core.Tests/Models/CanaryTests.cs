using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using ArenaBench.Core.Models;
using ArenaBench.Simulation;
using ArenaBench.Simulation.Faults;

namespace ArenaBench.Core.Tests.Models;

/// <summary>A key must not come out anywhere but at its endpoint.</summary>
public sealed class CanaryTests
{
    // Its own: the events of the whole process are listened to, and other tests speak of theirs.
    private static readonly string Key = $"sk-{Guid.NewGuid():N}";

    [Fact]
    public async Task Key_is_in_no_reply_no_exception_and_no_event_of_a_faulty_run()
    {
        var left = new ConcurrentBag<string>();
        void Keep(object? sender, FirstChanceExceptionEventArgs args) => left.Add(args.Exception.ToString());
        using var events = new EveryEvent(left);
        AppDomain.CurrentDomain.FirstChanceException += Keep;
        try
        {
            foreach (var kind in Enum.GetValues<FaultKind>())
            {
                await using var endpoint = await SimulatedEndpoint.StartAsync(
                    new SimulationOptions { ApiKey = Key, Faults = [new FaultRule { Kind = kind, Seconds = 0.05 }] }, TestContext.Current.CancellationToken);
                left.Add(JsonSerializer.Serialize(await CallAsync(endpoint.BaseUrl.ToString())));
            }

            await using var echo = await FakeEndpoint.AnsweringAsync($$$"""{"error":{"message":"wrong key {{{Key}}}","code":"{{{Key}}}","param":"{{{Key}}}"}}""", 401, ("x-echo", Key));
            left.Add(JsonSerializer.Serialize(await CallAsync(echo.Base)));
            left.Add(JsonSerializer.Serialize(await CallAsync("http://127.0.0.1:1/v1")));
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Keep;
        }

        Assert.True(left.Count > 40, "little was seen of what the calls left behind");
        Assert.DoesNotContain(left, text => text.Contains(Key, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Key_is_in_no_setting_that_is_stored()
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("x"));
        var model = Calls.Model(endpoint.Base);

        await Calls.CallAsync(model, Calls.Ask("hi"));

        Assert.DoesNotContain("canary", JsonSerializer.Serialize(model), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", model.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", Calls.Keys.ToString(), StringComparison.Ordinal);
    }

    private static Task<ModelReply> CallAsync(string apiBase) => Calls.CallAsync(
        Calls.Model(apiBase, model: "sim-good") with { Timeout = TimeSpan.FromSeconds(3) }, Calls.Ask("hi", maxTokens: 10),
        new KeySource(_ => Key), policy: CallPolicy.Default with { Tries = 2, LongestWait = TimeSpan.FromMilliseconds(1) });

    private sealed class EveryEvent(ConcurrentBag<string> into) : EventListener
    {
        // The private ones are for debugging the runtime itself, and dump whole requests.
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (!eventSource.Name.StartsWith("Private.", StringComparison.Ordinal) && !eventSource.Name.StartsWith("System.Threading", StringComparison.Ordinal)
                && eventSource.Name is not "System.Buffers.ArrayPoolEventSource" and not "Microsoft-Windows-DotNETRuntime")
                EnableEvents(eventSource, EventLevel.Verbose);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            into?.Add($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? (IReadOnlyList<object?>)[])}");
    }
}
