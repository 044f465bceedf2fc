using System.Net.Http.Headers;
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
            {
                var failure = ErrorClassifier.Classify((int)response.StatusCode, response.Headers, ErrorBody.Parse(body), facts, time.GetUtcNow());
                // Headers are in it too: where a redirect leads.
                throw new CallFailedException(failure with { Reason = Secrets.StrikeOut(failure.Reason, secret) });
            }
        }

        response.Content.Dispose();
        // Once more: putting parts together may put a key together.
        body = protocol == Protocol.Anthropic ? MessageBody.Check(body, facts) : Secrets.StrikeOut(CompletionBody.Normalize(body, facts), secret);
        response.Content = new ByteArrayContent(body)
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
