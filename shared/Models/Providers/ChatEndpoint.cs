using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using ArenaBench.Core.Models.Failures;
using Azure.Core;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace ArenaBench.Core.Models.Providers;

/// <summary>One model at one address: the provider's SDK behind <see cref="IChatClient"/>, with its own retries off.</summary>
internal sealed class ChatEndpoint
{
    /// <summary>Stands in for the key in SDKs that demand one; <see cref="EndpointAccess"/> puts the real one into the request.</summary>
    private const string NoKey = "none";

    private readonly RequestShape _shape;
    private readonly Quirks _quirks;
    private readonly IChatClient _client;

    public ChatEndpoint(ModelSettings model, EndpointTarget target, KeySource keys, Func<TokenCredential> identity, HttpMessageHandler network, TimeProvider time)
    {
        Facts = target.Facts(model);
        _quirks = QuirkTable.Of(model);
        _shape = new RequestShape(model, _quirks, target.Type.Protocol);
        var access = new EndpointAccess(target.Type.Protocol, target.KeyReference, target.ApiVersion, keys, identity);
        var http = new HttpClient(new EndpointHandler(access, Facts, target.Type.Protocol, time, network)) { Timeout = Timeout.InfiniteTimeSpan };
        _client = target.Type.Protocol == Protocol.Anthropic ? AnthropicClient(http, target, model) : OpenAIClient(http, target, model);
    }

    public RequestFacts Facts { get; }

    /// <exception cref="CallFailedException">The request failed.</exception>
    public async Task<ModelReply> CallAsync(ModelRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var response = await _client.GetResponseAsync(_shape.Messages(request), _shape.Options(request), cancellationToken).ConfigureAwait(false);
        return ReplyReader.Read(response, _quirks, time.GetElapsedTime(start).TotalMilliseconds, Facts.Host);
    }

    private static IChatClient OpenAIClient(HttpClient http, EndpointTarget target, ModelSettings model) =>
        new ChatClient(model.ModelName, new ApiKeyCredential(NoKey), new OpenAIClientOptions
        {
            Endpoint = target.SdkBase(model),
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            EnableDistributedTracing = false,
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        }).AsIChatClient();

    private static IChatClient AnthropicClient(HttpClient http, EndpointTarget target, ModelSettings model) =>
        new AnthropicClient(new Anthropic.Core.ClientOptions
        {
            HttpClient = http,
            BaseUrl = target.SdkBase(model).ToString().TrimEnd('/'),
            ApiKey = NoKey,
            AuthToken = null,
            MaxRetries = 0,
            Timeout = Timeout.InfiniteTimeSpan,
        }).AsIChatClient(model.ModelName);
}
