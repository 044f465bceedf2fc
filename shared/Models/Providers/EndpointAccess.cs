using System.Net.Http.Headers;
using ArenaBench.Core.Models.Failures;
using ArenaBench.Core.Records;
using Azure;
using Azure.Core;

namespace ArenaBench.Core.Models.Providers;

/// <summary>Adds the key to a request at the moment it is sent; no client, setting or log ever holds it.</summary>
/// <param name="keyReference">Null: no key, or on Azure the identity of the process.</param>
internal sealed class EndpointAccess(Protocol protocol, string? keyReference, string? apiVersion, KeySource keys, Func<TokenCredential> identity)
{
    private static readonly string[] AzureScopes = ["https://cognitiveservices.azure.com/.default"];

    /// <returns>The secret that was sent, so that it can be struck out of whatever comes back; null: none.</returns>
    public async ValueTask<string?> AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (apiVersion is not null && protocol == Protocol.Azure)
            request.RequestUri = new UriBuilder(request.RequestUri!) { Query = $"api-version={Uri.EscapeDataString(apiVersion)}" }.Uri;

        // Anthropic's SDK sends its own version beside one that a call asks for; the API wants one.
        if (request.Headers.TryGetValues("anthropic-version", out var versions) && versions.Skip(1).Any())
        {
            var asked = versions.Last();
            request.Headers.Remove("anthropic-version");
            request.Headers.TryAddWithoutValidation("anthropic-version", asked);
        }

        request.Headers.Authorization = null;
        request.Headers.Remove("x-api-key");
        var key = keyReference is null ? null : await KeyAsync(keyReference, cancellationToken).ConfigureAwait(false);
        if (key is { Length: > 0 })
        {
            if (protocol == Protocol.OpenAI)
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
            else
                request.Headers.TryAddWithoutValidation(protocol == Protocol.Azure ? "api-key" : "x-api-key", key);
            return key;
        }

        if (keyReference is not null)
            throw new CallFailedException(new CallFailure(RecordStatus.KeyRefused, $"{keyReference} is not set; set the variable, then start again"));
        if (protocol != Protocol.Azure)
            return null;
        var token = await identity().GetTokenAsync(new TokenRequestContext(AzureScopes), cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        return token.Token;
    }

    private async ValueTask<string> KeyAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            return await keys.KeyAsync(reference, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (exception.Status is 0 or 408 or 429 or >= 500)
        {
            throw new CallFailedException(new CallFailure(RecordStatus.EndpointFailed,
                $"the key vault of {reference} does not answer ({exception.Status})", TimeSpan.FromSeconds(2)));
        }
        catch (RequestFailedException exception)
        {
            throw new CallFailedException(new CallFailure(RecordStatus.KeyRefused,
                $"{reference} cannot be read ({exception.Status} {UntrustedText.Clean(exception.ErrorCode, 60)}); give the process's identity the role Key Vault Secrets User"));
        }
    }
}
