using System.Net;
using System.Net.Sockets;
using System.Text;
using ArenaBench.Core.Models;
using ArenaBench.Core.Records;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Core.Tests.Models;

/// <summary>Errors as providers publish or send them, and what becomes of each.</summary>
public sealed class FailureTests
{
    // No second try, so that each failure is seen as it is.
    private static readonly CallPolicy Once = CallPolicy.Default with { Tries = 1 };

    [Theory]

    // https://platform.openai.com/docs/guides/error-codes
    [InlineData(401, """{"error":{"message":"Incorrect API key provided: sk-ab***yz.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""", RecordStatus.KeyRefused, "check ${KEY}")]
    [InlineData(403, """{"error":{"message":"Country, region, or territory not supported","type":"request_forbidden","param":null,"code":"unsupported_country_region_territory"}}""", RecordStatus.KeyRefused, "does not allow")]
    [InlineData(429, """{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}""", RecordStatus.QuotaExhausted, "add credit")]
    [InlineData(404, """{"error":{"message":"The model `m` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}""", RecordStatus.UnknownModel, "does not know the model m")]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""", RecordStatus.ContextTooLong, "lower max_tokens")]
    [InlineData(400, """{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}""", RecordStatus.UnsupportedParameter, "add to a-model in the endpoints file: token_limit: max_completion_tokens")]
    [InlineData(400, """{"error":{"message":"Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1) value is supported.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}""", RecordStatus.UnsupportedParameter, "send_temperature: false")]
    [InlineData(400, """{"error":{"message":"Unsupported value: 'messages[0].role' does not support 'system' with this model.","type":"invalid_request_error","param":"messages[0].role","code":"unsupported_value"}}""", RecordStatus.UnsupportedParameter, "system_role: user")]
    [InlineData(400, """{"error":{"message":"Unrecognized request argument supplied: reasoning_effort","type":"invalid_request_error","param":null,"code":null}}""", RecordStatus.UnsupportedParameter, "remove reasoning_effort")]
    [InlineData(400, """{"error":{"message":"Your request was rejected as a result of our safety system.","type":"invalid_request_error","param":null,"code":"content_policy_violation"}}""", RecordStatus.ContentFilter, "refused the content")]

    // https://learn.microsoft.com/azure/ai-services/openai/concepts/content-filter
    [InlineData(400, """{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}""", RecordStatus.ContentFilter, "refused the content")]
    [InlineData(404, """{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}""", RecordStatus.UnknownModel, "does not know the model m")]
    [InlineData(404, """{"error":{"code":"404","message":"Resource not found"}}""", RecordStatus.UnknownModel, "is api_base right?")]

    // https://ai.google.dev/gemini-api/docs/troubleshooting; its ordinary rate limit speaks of a quota.
    [InlineData(400, """[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}]""", RecordStatus.KeyRefused, "check ${KEY}")]
    [InlineData(429, """[{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34s"}]}}]""", RecordStatus.EndpointFailed, "set rpm or tpm")]

    // https://api-docs.deepseek.com/quick_start/error_codes
    [InlineData(402, """{"error":{"message":"Insufficient Balance","type":"unknown_error","param":null,"code":"invalid_request_error"}}""", RecordStatus.QuotaExhausted, "add credit")]
    [InlineData(400, """{"error":{"message":"Content Exists Risk","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}""", RecordStatus.ContentFilter, "refused the content")]
    [InlineData(400, """{"error":{"message":"Model Not Exist","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}""", RecordStatus.UnknownModel, "correct model:")]

    // https://docs.mistral.ai/api/ and https://docs.cohere.com/reference/errors
    [InlineData(401, """{"detail":"Unauthorized"}""", RecordStatus.KeyRefused, "check ${KEY}")]
    [InlineData(422, """{"detail":[{"type":"extra_forbidden","loc":["body","max_completion_tokens"],"msg":"Extra inputs are not permitted","input":10}]}""", RecordStatus.UnsupportedParameter, "token_limit: max_tokens")]
    [InlineData(400, """{"object":"error","message":"Invalid model: m","type":"invalid_model","param":null,"code":"1500"}""", RecordStatus.UnknownModel, "correct model:")]
    [InlineData(400, """{"message":"too many tokens: total number of tokens in the prompt cannot exceed 4081"}""", RecordStatus.ContextTooLong, "longer context")]

    // vLLM, SGLang, TGI and Ollama.
    [InlineData(400, """{"object":"error","message":"System role not supported","type":"BadRequestError","param":null,"code":400}""", RecordStatus.UnsupportedParameter, "system_role: user")]
    [InlineData(400, """{"object":"error","message":"Conversation roles must alternate user/assistant/user/assistant/...","type":"BadRequestError","param":null,"code":400}""", RecordStatus.UnsupportedParameter, "system_role: user")]
    [InlineData(404, """{"object":"error","message":"The model `m` does not exist.","type":"NotFoundError","param":null,"code":404}""", RecordStatus.UnknownModel, "does not know the model m")]
    [InlineData(422, """{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Input exceeds the model's max","error_type":"validation"}""", RecordStatus.ContextTooLong, "lower max_tokens")]
    [InlineData(404, """{"error":{"message":"model 'm' not found","type":"not_found_error"}}""", RecordStatus.UnknownModel, "does not know the model m")]
    [InlineData(404, "404 page not found", RecordStatus.UnknownModel, "is api_base right?")]
    [InlineData(404, """{"detail":"Not Found"}""", RecordStatus.UnknownModel, "is api_base right?")]

    // https://openrouter.ai/docs/api-reference/errors
    [InlineData(402, """{"error":{"code":402,"message":"Insufficient credits"}}""", RecordStatus.QuotaExhausted, "add credit")]
    [InlineData(403, """{"error":{"code":403,"message":"Input was flagged by moderation","metadata":{"reasons":["violence"],"flagged_input":"x","provider_name":"p"}}}""", RecordStatus.ContentFilter, "refused the content")]

    [InlineData(400, """{"error":{"message":"Something else"}}""", RecordStatus.EndpointFailed, "Something else")]
    [InlineData(500, "oops", RecordStatus.EndpointFailed, "failed (500")]
    [InlineData(503, "<html><body>Service Unavailable</body></html>", RecordStatus.EndpointFailed, "failed (503)")]
    [InlineData(524, "", RecordStatus.EndpointFailed, "gave up (524)")]
    [InlineData(301, "", RecordStatus.EndpointFailed, "redirects")]
    public async Task Error_has_a_name_and_a_remedy(int status, string body, RecordStatus expected, string remedy)
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(body, status);

        var reply = await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi", temperature: 0.7), policy: Once);

        Assert.Equal(expected, reply.Status);
        Assert.Contains(remedy, reply.Reason);
        Assert.Null(reply.Text);
        Assert.Single(endpoint.Requests);
        Assert.Equal(status == 524 ? 1 : 0, reply.Attempts);
        Assert.Equal(status is 429 or >= 500 && expected == RecordStatus.EndpointFailed, reply.RetryAfter is not null);
    }

    [Theory]

    // https://platform.claude.com/docs/en/api/errors
    [InlineData(401, "authentication_error", "invalid x-api-key", RecordStatus.KeyRefused)]
    [InlineData(403, "permission_error", "Your API key does not have permission", RecordStatus.KeyRefused)]
    [InlineData(404, "not_found_error", "model: claude-x", RecordStatus.UnknownModel)]
    [InlineData(400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum", RecordStatus.ContextTooLong)]
    [InlineData(400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API.", RecordStatus.QuotaExhausted)]
    [InlineData(400, "invalid_request_error", "temperature: Extra inputs are not permitted", RecordStatus.UnsupportedParameter)]
    [InlineData(400, "invalid_request_error", "`temperature` is deprecated for this model.", RecordStatus.UnsupportedParameter)]
    [InlineData(402, "billing_error", "There's an issue with your billing", RecordStatus.QuotaExhausted)]
    [InlineData(413, "request_too_large", "Request exceeds the maximum size", RecordStatus.ContextTooLong)]
    [InlineData(429, "rate_limit_error", "This request would exceed your rate limit", RecordStatus.EndpointFailed)]
    [InlineData(500, "api_error", "Internal server error", RecordStatus.EndpointFailed)]
    [InlineData(529, "overloaded_error", "Overloaded", RecordStatus.EndpointFailed)]
    public async Task Anthropic_error_has_a_name(int status, string type, string message, RecordStatus expected)
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync($$"""{"type":"error","error":{"type":"{{type}}","message":"{{message}}"},"request_id":"req_1"}""", status);

        var reply = await Calls.CallAsync(Calls.Model(endpoint.Url, "anthropic"), Calls.Ask("hi", temperature: 0.7), policy: Once);

        Assert.Equal(expected, reply.Status);
        Assert.Contains(message, reply.Reason);
        Assert.Single(endpoint.Requests);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><body>Welcome</body></html>", "web page", 1)]
    [InlineData("""{"id":"x","choices":[{"index":0,"message":{"role":"assist""", "cut off", 1)]
    [InlineData("", "nothing", 1)]
    [InlineData("[]", "no completion", 1)]
    [InlineData("""{"id":"x","choices":[]}""", "without choices", 1)]
    [InlineData("""{"id":"x"}""", "without choices", 1)]
    [InlineData("""{"id":"x","choices":[{"index":0}]}""", "without a message", 1)]
    public async Task Malformed_response_is_named(string body, string what, int paid)
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(body);

        var reply = await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi"), policy: Once);

        Assert.Equal((RecordStatus.Malformed, paid), (reply.Status, reply.Attempts));
        Assert.Contains(what, reply.Reason);
        Assert.NotNull(reply.RetryAfter);
    }

    [Theory]
    [InlineData("""{"error":{"code":429,"message":"Provider returned error"}}""", RecordStatus.EndpointFailed)]
    [InlineData("""{"error":{"code":402,"message":"Insufficient credits"}}""", RecordStatus.QuotaExhausted)]
    [InlineData("""{"error":"upstream broke"}""", RecordStatus.EndpointFailed)]
    public async Task Error_with_a_status_of_success_is_an_error(string body, RecordStatus expected)
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(body);

        Assert.Equal(expected, (await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi"), policy: Once)).Status);
    }

    [Fact]
    public async Task Nobody_listening_is_said_and_nothing_is_paid()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var reply = await Calls.CallAsync(Calls.Model($"http://127.0.0.1:{port}/v1"), Calls.Ask("hi"), policy: Once);

        Assert.Equal((RecordStatus.EndpointFailed, 0), (reply.Status, reply.Attempts));
        Assert.Contains($"nothing listens at 127.0.0.1:{port}", reply.Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Broken_connection_may_be_paid(bool inTheBody)
    {
        await using var endpoint = await FakeEndpoint.StartAsync(async context =>
        {
            if (inTheBody)
            {
                context.Response.ContentLength = 1000;
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("{\"id\":"));
                await context.Response.Body.FlushAsync();
            }

            context.Abort();
        });

        var reply = await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi"), policy: Once);

        Assert.Equal((RecordStatus.EndpointFailed, 1), (reply.Status, reply.Attempts));
        Assert.Contains("broke the connection", reply.Reason);
        Assert.NotNull(reply.RetryAfter);
    }

    [Fact]
    public async Task Name_that_leads_to_a_credential_server_is_not_called()
    {
        var reply = await Calls.CallAsync(Calls.Model("http://169.254.169.254/v1"), Calls.Ask("hi"));

        Assert.Equal(RecordStatus.EndpointFailed, reply.Status);
        Assert.Contains("never called", reply.Reason);
    }

    [Theory]
    [InlineData("retry-after", "7", 7)]
    [InlineData("retry-after", "0.5", 0.5)]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("retry-after", "-3", 0)]
    public async Task Retry_after_is_read(string name, string value, double seconds)
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync("{}", 429, (name, value));

        Assert.Equal(seconds, (await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi"), policy: Once)).RetryAfter!.Value.TotalSeconds);
    }

    [Theory]
    [InlineData("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests", "1m30s", 90)]
    [InlineData("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", "20ms", 0.02)]
    [InlineData("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", "6m0s", 360)]
    public async Task Reset_of_what_is_used_up_is_read(string remaining, string reset, string value, double seconds)
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync("{}", 429, (remaining, "0"), (reset, value), ("x-ratelimit-reset-other", "9h"));

        Assert.Equal(seconds, (await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi"), policy: Once)).RetryAfter!.Value.TotalSeconds, 3);
    }

    [Theory]
    [InlineData("""{"error":{"message":"Rate limit reached for m on tokens per min. Please try again in 7.66s. Visit"}}""", 7.66)]
    [InlineData("""{"error":{"message":"Please try again in 120ms."}}""", 0.12)]
    [InlineData("""[{"error":{"code":429,"message":"q","details":[{"retryDelay":"34s"}]}}]""", 34)]
    [InlineData("""{"error":{"message":"slow down"}}""", 1)]
    public async Task Time_in_the_message_is_read(string body, double seconds)
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(body, 429);

        Assert.Equal(seconds, (await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi"), policy: Once)).RetryAfter!.Value.TotalSeconds, 3);
    }

    [Fact]
    public async Task Text_of_an_endpoint_is_cut_and_cleaned()
    {
        var message = $"\u001b[31mred\u0007\r\n\u202e{Calls.Canary} {new string('x', 5000)}";
        await using var endpoint = await FakeEndpoint.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsJsonAsync(new { error = new { message } });
        });

        var reason = (await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi"))).Reason!;

        Assert.InRange(reason.Length, 300, 500);
        Assert.DoesNotContain(reason, char.IsControl);
        Assert.DoesNotContain("\u202e", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", reason);
        Assert.Contains("red ***", reason.Replace("[31m", "", StringComparison.Ordinal));
    }
}
