using System.Net;
using System.Text;
using ArenaBench.Core.Models;
using ArenaBench.Core.Records;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Time.Testing;

namespace ArenaBench.Core.Tests.Models;

public sealed class KeyVaultKeysTests
{
    private const string Reference = "@Microsoft.KeyVault(VaultName=my-vault;SecretName=my-key)";

    [Theory]
    [InlineData(Reference, true)]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://my-vault.vault.azure.net/secrets/my-key)", true)]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://my-vault.vault.azure.net/secrets/my-key/ec96f02080254f109c51a1f14cdb1931)", true)]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://evil.example/secrets/my-key)", false)]
    [InlineData("@Microsoft.KeyVault(SecretUri=http://my-vault.vault.azure.net/secrets/my-key)", false)]
    [InlineData("@Microsoft.KeyVault(VaultName=evil.example/;SecretName=x)", false)]
    [InlineData("@Microsoft.KeyVault(VaultName=my-vault)", false)]
    [InlineData("sk-something", false)]
    public void References_are_told_from_keys(string text, bool expected) => Assert.Equal(expected, KeySource.IsReference(text));

    [Fact]
    public async Task Key_is_read_once_and_again_when_it_may_have_been_rotated()
    {
        var time = new FakeTimeProvider();
        var vault = new FakeVault(_ => (HttpStatusCode.OK, """{"value":"sk-from-the-vault","id":"https://my-vault.vault.azure.net/secrets/my-key/1"}"""));
        await using var endpoint = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("x"));
        var keys = new KeySource(_ => null, vault.Keys(time));
        var model = Calls.Model(endpoint.Base) with { Endpoints = [new EndpointSettings(endpoint.Base, Reference, null)] };

        await Calls.CallAsync(model, Calls.Ask("hi"), keys);
        await Calls.CallAsync(model, Calls.Ask("hi"), keys);
        Assert.Equal(1, vault.Reads);
        time.Advance(TimeSpan.FromMinutes(11));
        await Calls.CallAsync(model, Calls.Ask("hi"), keys);

        Assert.Equal(2, vault.Reads);
        Assert.All(endpoint.Requests, request => Assert.Equal("Bearer sk-from-the-vault", request.Headers["authorization"]));
    }

    [Fact]
    public async Task Vault_that_refuses_is_a_refused_key()
    {
        var vault = new FakeVault(_ => (HttpStatusCode.Forbidden, """{"error":{"code":"Forbidden","message":"Caller is not authorized"}}"""));
        await using var endpoint = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("x"));
        var model = Calls.Model(endpoint.Base) with { Endpoints = [new EndpointSettings(endpoint.Base, Reference, null)] };

        var reply = await Calls.CallAsync(model, Calls.Ask("hi"), new KeySource(_ => null, vault.Keys(TimeProvider.System)));

        Assert.Equal(RecordStatus.KeyRefused, reply.Status);
        Assert.Contains("Key Vault Secrets User", reply.Reason);
        Assert.Empty(endpoint.Requests);
    }

    [Fact]
    public void Reference_may_stand_in_a_file()
    {
        var endpoints = EndpointsFile.Parse($"m:\n  endpoints:\n    - api_key: \"{Reference}\"", "f.yaml");

        Assert.Equal(Reference, endpoints.Get("m")!.Endpoints[0].ApiKey);
        Assert.Empty(endpoints.Validate([endpoints.Get("m")!], new KeySource(_ => null)));
    }

    private sealed class FakeVault(Func<HttpRequestMessage, (HttpStatusCode Status, string Body)> answer) : HttpMessageHandler
    {
        public int Reads { get; private set; }

        public KeyVaultKeys Keys(TimeProvider time) => new(
            vault => new SecretClient(vault, new NoIdentity(), new SecretClientOptions { Transport = new HttpClientTransport(this), Retry = { MaxRetries = 0 } }), time);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // The first request asks who may log in where; https://learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses
            if (request.Headers.Authorization is null)
            {
                var challenge = new HttpResponseMessage(HttpStatusCode.Unauthorized);
                challenge.Headers.Add("WWW-Authenticate", "Bearer authorization=\"https://login.microsoftonline.com/00000000-0000-0000-0000-000000000001\", resource=\"https://vault.azure.net\"");
                return Task.FromResult(challenge);
            }

            Assert.Equal("https://my-vault.vault.azure.net/secrets/my-key", request.RequestUri!.GetLeftPart(UriPartial.Path).TrimEnd('/'));
            Reads++;
            var (status, body) = answer(request);
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }

    private sealed class NoIdentity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    [Fact]
    public void Variable_ThatStillHoldsTheReferenceWhichThePlatformCouldNotRead_IsNotSetAndIsNeverSent()
    {
        var keys = new KeySource(_ => "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/k)");

        Assert.Equal("", keys.Expand("${OPENAI_API_KEY}"));
        Assert.Equal(["OPENAI_API_KEY"], keys.Missing("${OPENAI_API_KEY}"));
    }
}
