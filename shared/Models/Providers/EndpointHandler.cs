using System.Net.Http.Headers;
using System.Text;
using ArenaBench.Core.Models.Failures;
using ArenaBench.Core.Records;
using Azure.Identity;

namespace ArenaBench.Core.Models.Providers;

/// <summary>
/// Stands between a provider's SDK and the network: adds the key, reads the whole response within a limit, strikes the key out
/// of it, turns every failure into a <see cref="CallFailedException"/>, and hands the SDK only what it understands.
/// </summary>
internal sealed class EndpointHandler(EndpointAccess access, RequestFacts facts, Protocol protocol, TimeProvider time, HttpMessageHandler inner)
    : DelegatingHandler(inner)
{
    /// <summary>Far above any answer: a response larger than this is no answer.</summary>
    private const int LongestBody = 32 << 20;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var secret = await AuthorizeAsync(request, cancellationToken).ConfigureAwait(false);
        HttpResponseMessage? response = null;
        byte[] body;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            body = await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            response?.Dispose();
            throw new CallFailedException(exception.GetBaseException() is ForbiddenAddressException forbidden
                ? new CallFailure(RecordStatus.EndpointFailed, $"{forbidden.Message}; correct api_base")
                : ConnectionFailure.Of(exception, facts));
        }

        body = Secrets.StrikeOut(body, secret);
        if (!response.IsSuccessStatusCode)
        {
            using (response)
                throw new CallFailedException(ErrorClassifier.Classify((int)response.StatusCode, response.Headers, ErrorBody.Parse(body), facts, time.GetUtcNow()));
        }

        response.Content.Dispose();
        response.Content = new ByteArrayContent(protocol == Protocol.Anthropic ? MessageBody.Check(body, facts) : CompletionBody.Normalize(body, facts))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
        return response;
    }

    private async ValueTask<string?> AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await access.AuthorizeAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (AuthenticationFailedException exception)
        {
            throw new CallFailedException(new CallFailure(RecordStatus.KeyRefused,
                $"this process has no identity that {facts.Host} accepts ({UntrustedText.Clean(exception.Message)}); {facts.KeyRemedy}"));
        }
    }

    private async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var length = content.Headers.ContentLength;
        if (length > LongestBody)
            throw TooLong();
        using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if (length is { } known)
        {
            var exact = new byte[known];
            await stream.ReadExactlyAsync(exact, cancellationToken).ConfigureAwait(false);
            return exact;
        }

        using var buffer = new MemoryStream(4096);
        var chunk = new byte[8192];
        for (int read; (read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > LongestBody)
                throw TooLong();
        }

        return buffer.ToArray();
    }

    private CallFailedException TooLong() =>
        new(new CallFailure(RecordStatus.Malformed, $"{facts.Host} sent more than {LongestBody >> 20} MB", MayBePaid: true));
}

/// <summary>Endpoints that repeat the key they were sent must not bring it into a record.</summary>
internal static class Secrets
{
    private static readonly byte[] Struck = "***"u8.ToArray();

    public static byte[] StrikeOut(byte[] body, string? secret)
    {
        // A text this short is no secret, and would be struck out of ordinary words.
        if (secret is null || secret.Length < 8)
            return body;
        var key = Encoding.UTF8.GetBytes(secret);
        if (body.AsSpan().IndexOf(key) < 0)
            return body;

        using var clean = new MemoryStream(body.Length);
        var rest = body.AsSpan();
        for (int at; (at = rest.IndexOf(key)) >= 0; rest = rest[(at + key.Length)..])
        {
            clean.Write(rest[..at]);
            clean.Write(Struck);
        }

        clean.Write(rest);
        return clean.ToArray();
    }
}
