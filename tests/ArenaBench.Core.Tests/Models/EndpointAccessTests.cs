using ArenaBench.Core.Models;
using ArenaBench.Core.Models.Failures;
using ArenaBench.Core.Models.Providers;
using ArenaBench.Core.Records;
using Azure;
using Azure.Core;
using Azure.Security.KeyVault.Secrets;

namespace ArenaBench.Core.Tests.Models;

public sealed class EndpointAccessTests
{
    private static readonly Uri Address = new("https://a.openai.azure.com/openai/v1/chat/completions");

    // https://learn.microsoft.com/azure/ai-services/openai/how-to/managed-identity
    [Fact]
    public async Task Azure_without_a_key_is_sent_a_token_of_the_process()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address);
        var identity = new FixedIdentity();

        var secret = await new EndpointAccess(Protocol.Azure, null, null, Calls.Keys, () => identity).AuthorizeAsync(request, CancellationToken.None);

        Assert.Equal("Bearer a-token-of-the-process", request.Headers.Authorization!.ToString());
        Assert.False(request.Headers.Contains("api-key"));
        Assert.Equal("a-token-of-the-process", secret);
        Assert.Equal(["https://cognitiveservices.azure.com/.default"], identity.Scopes);
    }

    [Fact]
    public async Task Other_servers_without_a_key_are_never_sent_the_identity()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address);

        var secret = await new EndpointAccess(Protocol.OpenAI, null, null, Calls.Keys, () => throw new InvalidOperationException()).AuthorizeAsync(request, CancellationToken.None);

        Assert.Null(secret);
        Assert.Null(request.Headers.Authorization);
    }

    [Theory]
    [InlineData(403, RecordStatus.KeyRefused, false)]
    [InlineData(404, RecordStatus.KeyRefused, false)]
    [InlineData(429, RecordStatus.EndpointFailed, true)]
    [InlineData(503, RecordStatus.EndpointFailed, true)]
    public async Task Vault_that_is_down_stops_no_model(int status, RecordStatus expected, bool again)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address);
        var keys = new KeySource(_ => null, new KeyVaultKeys(_ => new FailingVault(status), TimeProvider.System));
        var access = new EndpointAccess(Protocol.OpenAI, "@Microsoft.KeyVault(VaultName=v;SecretName=s)", null, keys, () => new FixedIdentity());

        var failure = (await Assert.ThrowsAsync<CallFailedException>(async () => await access.AuthorizeAsync(request, CancellationToken.None))).Failure;

        Assert.Equal((expected, again), (failure.Status, failure.RetryAfter is not null));
    }

    private sealed class FixedIdentity : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new AccessToken("a-token-of-the-process", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    private sealed class FailingVault(int status) : SecretClient
    {
        public override Task<Response<KeyVaultSecret>> GetSecretAsync(string name, string? version, SecretContentType? outContentType, CancellationToken cancellationToken) =>
            throw new RequestFailedException(status, "no");

        public override Task<Response<KeyVaultSecret>> GetSecretAsync(string name, string? version, CancellationToken cancellationToken) =>
            throw new RequestFailedException(status, "no");
    }
}
