using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Simulation;

namespace ArenaBench.Local.Tests.Simulation;

/// <summary>Asks a simulated endpoint as any client would: over HTTP.</summary>
internal sealed class SimulationClient(SimulatedEndpoint endpoint) : IDisposable
{
    private readonly HttpClient _http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Uri ChatUrl => new($"{endpoint.BaseUrl}/chat/completions");

    public void Dispose() => _http.Dispose();

    public Task<HttpResponseMessage> PostAsync(object body) => _http.PostAsJsonAsync(ChatUrl, body, Cancellation);

    public Task<HttpResponseMessage> PostTextAsync(string body) => _http.PostAsync(ChatUrl, new StringContent(body), Cancellation);

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(endpoint.BaseUrl, path), Cancellation);

    public async Task<string> AskAsync(string model, string user, string? system = null)
    {
        using var response = await PostAsync(Body(model, user, system));
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.True(response.IsSuccessStatusCode, json.ToString());
        return json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    public static object Body(string model, string user, string? system = null) => new
    {
        model,
        messages = system is null
            ? new[] { new { role = "user", content = user } }
            : [new { role = "system", content = system }, new { role = "user", content = user }],
    };

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
}
