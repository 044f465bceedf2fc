using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace ArenaBench.Testing;

/// <summary>What a user does with curl.</summary>
public static class RunClient
{
    public static async Task<HttpResponseMessage> PostRunAsync(this HttpClient http, string spec, CancellationToken cancellationToken)
    {
        using var body = new StringContent(spec, Encoding.UTF8, "application/yaml");
        return await http.PostAsync("api/runs", body, cancellationToken);
    }

    /// <summary>Starts a run and follows its Location to the end.</summary>
    /// <returns>The management API's last answer.</returns>
    public static async Task<JsonElement> RunToEndAsync(this HttpClient http, string spec, CancellationToken cancellationToken)
    {
        using var started = await http.PostRunAsync(spec, cancellationToken);
        Assert.True(started.StatusCode == HttpStatusCode.Accepted, await started.Content.ReadAsStringAsync(cancellationToken));
        return await http.FollowAsync(started.Headers.Location!, cancellationToken);
    }

    public static async Task<JsonElement> FollowAsync(this HttpClient http, Uri status, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var response = await http.GetAsync(status, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Accepted)
            {
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            }

            await Task.Delay(100, cancellationToken);
        }
    }
}
