using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ArenaBench.LocalRuntime.Tests.Behaviour;

/// <summary>Starts and watches instances of the sample app by HTTP alone.</summary>
public sealed class InstanceClient(Uri baseUrl)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public HttpClient Http { get; } = new() { BaseAddress = baseUrl, Timeout = TimeSpan.FromSeconds(100) };

    public static string NewId() => $"test-{Guid.NewGuid():N}";

    /// <summary>Starts an orchestrator; returns its links, read whatever their case.</summary>
    public async Task<StartedInstance> StartAsync(string orchestrator, object? input = null, string? id = null)
    {
        using var answer = await PostStartAsync(orchestrator, input, id);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var links = await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>();
        return new StartedInstance(new Dictionary<string, string>(links!, StringComparer.OrdinalIgnoreCase));
    }

    public Task<HttpResponseMessage> PostStartAsync(string orchestrator, object? input = null, string? id = null) =>
        Http.PostAsync($"api/start/{orchestrator}/{id}", input is null ? null : JsonContent.Create(input, input.GetType()));

    public Task<JsonElement> StatusAsync(StartedInstance instance, string query = "") =>
        Http.GetFromJsonAsync<JsonElement>(Add(instance.Status, query));

    public Task<HttpResponseMessage> GetAsync(StartedInstance instance, string query = "") =>
        Http.GetAsync(Add(instance.Status, query));

    public async Task<JsonElement> CompletedAsync(StartedInstance instance)
    {
        var status = await EndedAsync(instance);
        Assert.True(Of(status) == "Completed", status.ToString());
        return status;
    }

    public async Task<JsonElement> FailedAsync(StartedInstance instance)
    {
        var status = await EndedAsync(instance);
        Assert.True(Of(status) == "Failed", status.ToString());
        return status;
    }

    public Task<JsonElement> EndedAsync(StartedInstance instance) =>
        UntilAsync(instance, status => Of(status) is "Completed" or "Failed" or "Terminated");

    /// <summary>The first status seen that is as wanted.</summary>
    public async Task<JsonElement> UntilAsync(StartedInstance instance, Func<JsonElement, bool> wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        JsonElement last = default;
        while (!patience.IsCancellationRequested)
        {
            using var answer = await GetAsync(instance);
            if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted)
            {
                last = await answer.Content.ReadFromJsonAsync<JsonElement>();
                if (wanted(last)) return last;
                if (Of(last) is "Completed" or "Failed" or "Terminated") Assert.Fail($"Not as wanted: {last}");
            }

            await Task.Delay(50);
        }

        Assert.Fail($"After {Patience}: {last}");
        return last;
    }

    public Task<HttpResponseMessage> RaiseAsync(StartedInstance instance, string name, string json) =>
        Http.PostAsync(
            instance.RaiseEvent.Replace("{eventName}", name, StringComparison.Ordinal),
            new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

    public static string? Of(JsonElement status) => status.GetProperty("runtimeStatus").GetString();

    public static string? Output(JsonElement status) => status.GetProperty("output").GetString();

    private static string Add(string url, string query) =>
        query.Length == 0 ? url : url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query;
}

/// <summary>The links of a started instance.</summary>
public sealed record StartedInstance(IReadOnlyDictionary<string, string> Links)
{
    public string Id => Links["id"];

    public string Status => Links["statusQueryGetUri"];

    public string RaiseEvent => Links["sendEventPostUri"];

    public string Purge => Links["purgeHistoryDeleteUri"];

    public string Terminate(string reason) => With("terminatePostUri", reason);

    public string Suspend(string reason) => With("suspendPostUri", reason);

    public string Resume(string reason) => With("resumePostUri", reason);

    private string With(string link, string reason)
    {
        var url = Links[link].Replace("{text}", Uri.EscapeDataString(reason), StringComparison.Ordinal)
            .Replace("{" + Uri.EscapeDataString(reason) + "}", Uri.EscapeDataString(reason), StringComparison.Ordinal);
        return url;
    }
}
