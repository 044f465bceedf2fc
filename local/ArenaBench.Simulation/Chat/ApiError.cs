namespace ArenaBench.Simulation.Chat;

/// <summary>An error as OpenAI's interface shapes it.</summary>
internal sealed record ApiError(int Status, string Message, string Type, string? Parameter = null, string? Code = null)
{
    private const string InvalidRequest = "invalid_request_error";

    public static ApiError Invalid(string message, string? parameter = null, string? code = null) =>
        new(400, message, InvalidRequest, parameter, code);

    public static ApiError WrongKey() => new(
        401, "Incorrect API key provided: the simulated endpoint was started with another one.", InvalidRequest, null, "invalid_api_key");

    public static ApiError NoSuchModel(string model, IEnumerable<string> known) => new(
        404, $"The model `{model}` does not exist at this simulated endpoint; it has {string.Join(", ", known)}.", InvalidRequest, null, "model_not_found");

    public static ApiError UnsupportedParameter(string parameter, string use) => Invalid(
        $"Unsupported parameter: '{parameter}' is not supported with this model. {use}", parameter, "unsupported_parameter");

    public static ApiError UnsupportedValue(string parameter, string value, string only) => Invalid(
        $"Unsupported value: '{parameter}' does not support {value} with this model. {only}", parameter, "unsupported_value");

    public static ApiError ContextTooLong(int limit, int asked) => Invalid(
        $"This model's maximum context length is {limit} tokens. However, your messages resulted in {asked} tokens. Please reduce the length of the messages.",
        "messages", "context_length_exceeded");

    public static ApiError ContentFiltered() => Invalid(
        "The response was filtered due to the prompt triggering a content management policy (simulated).", "prompt", "content_filter");

    public static ApiError RateLimited(string what) => new(
        429, $"Rate limit reached ({what}) at the simulated endpoint. Please try again later.", "requests", null, "rate_limit_exceeded");

    public static ApiError NoQuota() => new(
        429, "You exceeded your current quota, please check your plan and billing details (simulated).", "insufficient_quota", null, "insufficient_quota");

    public static ApiError Server(int status) => new(
        status, "The server had an error while processing your request (simulated).", "server_error");

    public static ApiError Overloaded() => new(503, "The engine is currently overloaded, please try again later (simulated).", "server_error", null, "overloaded");
}
