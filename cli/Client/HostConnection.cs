using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Cli.Output;
using ArenaBench.Core.Records;
using ArenaBench.Functions.Api;

namespace ArenaBench.Cli.Client;

/// <summary>Sends requests to one host and turns what goes wrong into messages.</summary>
internal sealed class HostConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private static readonly JsonSerializerOptions Json = new(JsonFiles.Options) { PropertyNameCaseInsensitive = true };

    private readonly HttpClient _http;

    public HostConnection(Uri host, string? key)
    {
        Host = host;
        _http = new HttpClient { BaseAddress = host, Timeout = Timeout.InfiniteTimeSpan };
        if (key is not null)
            _http.DefaultRequestHeaders.Add("x-functions-key", key);
        _http.DefaultRequestHeaders.Add(ApiVersion.Header, ApiVersion.Current.ToString(CultureInfo.InvariantCulture));
    }

    public Uri Host { get; }

    /// <param name="patience">For archives, which take their time.</param>
    /// <exception cref="ApiException">The host refuses, or does not answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(patience ?? Patience);
        try
        {
            var response = await _http.SendAsync(request, patience is null ? HttpCompletionOption.ResponseContentRead : HttpCompletionOption.ResponseHeadersRead, waiting.Token);
            if (!response.IsSuccessStatusCode)
                throw await RefusalAsync(response, waiting.Token);
            CheckVersion(response);
            return response;
        }
        catch (HttpRequestException unreachable)
        {
            throw new ApiException($"The host at {Host} cannot be reached: {unreachable.Message}. Is it running? Start one with: {CommandName.Current} serve");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ApiException($"The host at {Host} did not answer within {(patience ?? Patience).TotalSeconds:0} s.");
        }
    }

    public async Task<T> ReadAsync<T>(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        using var response = await SendAsync(method, path, content, cancellationToken, patience);
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken) ?? throw NotOurs();
        }
        catch (JsonException)
        {
            throw NotOurs();
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A host of another version would be misunderstood, field by field.</summary>
    private void CheckVersion(HttpResponseMessage response)
    {
        var spoken = response.Headers.TryGetValues(ApiVersion.Header, out var values) ? values.First() : null;
        if (spoken == ApiVersion.Current.ToString(CultureInfo.InvariantCulture))
            return;
        response.Dispose();
        throw new ApiException(spoken is null
            ? $"{Host} does not say which version of the API it speaks. It is no ArenaBench host, or one older than this arena: update it."
            : $"{Host} speaks version {spoken} of the API, this arena version {ApiVersion.Current}. Use the arena of the host's release, or update the host.");
    }

    private ApiException NotOurs() => new($"{Host} did not answer with the JSON that was wanted. Is it an ArenaBench host?");

    private async Task<ApiException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var refused = response;
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            return new ApiException($"The host at {Host} wants a key ({(int)response.StatusCode}). Give it with --key or ARENABENCH_KEY.", response.StatusCode);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            if (JsonSerializer.Deserialize<ProblemBody>(body, JsonSerializerOptions.Web)?.Detail is { Length: > 0 } detail)
                return new ApiException(detail.Split('\n'), response.StatusCode);
        }
        catch (JsonException)
        {
            // Not problem details: said below as it came.
        }

        return new ApiException(
            $"{Host} answered {(int)response.StatusCode} {response.ReasonPhrase}: {(body.Length > 300 ? body[..300] + "…" : body)}", response.StatusCode);
    }

    private sealed record ProblemBody(string? Title, string? Detail);
}
