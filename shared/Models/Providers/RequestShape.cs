using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace ArenaBench.Core.Models.Providers;

/// <summary>Turns a request into what one model takes.</summary>
internal sealed class RequestShape
{
    /// <summary>
    /// The last version of Anthropic's API that takes a temperature, which models up to Claude 4.6 do
    /// (https://platform.claude.com/docs/en/api/versioning); everything else goes by the SDK's own version.
    /// </summary>
    private const string VersionWithTemperature = "2023-06-01";

    private static readonly ChatRole Developer = new("developer");

    private readonly ModelSettings _model;
    private readonly Quirks _quirks;
    private readonly Protocol _protocol;
    private readonly (string Name, JsonElement Value)[] _extraBody;

    public RequestShape(ModelSettings model, Quirks quirks, Protocol protocol)
    {
        (_model, _quirks, _protocol) = (model, quirks, protocol);
        _extraBody = model.Extra.TryGetValue(ExtraKeys.ExtraBody, out var json) ? Properties(json) : [];
    }

    public List<ChatMessage> Messages(ModelRequest request)
    {
        var messages = new List<ChatMessage>(request.Messages.Count);
        string? prefix = null;
        foreach (var turn in request.Messages)
        {
            switch (turn.Role)
            {
                case "system" when _quirks.SystemRole == SystemRole.User:
                    prefix = prefix is null ? turn.Content : $"{prefix}\n\n{turn.Content}";
                    break;
                case "user" when prefix is not null:
                    messages.Add(new ChatMessage(ChatRole.User, $"{prefix}\n\n{turn.Content}"));
                    prefix = null;
                    break;
                default:
                    messages.Add(new ChatMessage(Role(turn.Role), turn.Content));
                    break;
            }
        }

        if (prefix is not null)
            messages.Add(new ChatMessage(ChatRole.User, prefix));
        return messages;
    }

    public ChatOptions Options(ModelRequest request) =>
        _protocol == Protocol.Anthropic ? AnthropicOptions(request) : OpenAIOptions(request);

    private ChatRole Role(string role) => role switch
    {
        "system" => _quirks.SystemRole == SystemRole.Developer ? Developer : ChatRole.System,
        "user" => ChatRole.User,
        "assistant" => ChatRole.Assistant,
        _ => throw new ArgumentException($"A message has the role {role}; there are system, user and assistant."),
    };

#pragma warning disable SCME0001 // JsonPatch is how the SDK lets fields through that it has no property for.
    private ChatOptions OpenAIOptions(ModelRequest request) => new()
    {
        RawRepresentationFactory = _ =>
        {
            var options = new ChatCompletionOptions();
            if (_quirks.SendsTemperature && request.Temperature is { } temperature)
                options.Patch.Set("$.temperature"u8, temperature);
            if (OutputLimit.OpenAI(_model, request.MaxTokens) is { } limit && _quirks.TokenLimit != TokenLimit.None)
                options.Patch.Set(_quirks.TokenLimit == TokenLimit.MaxTokens ? "$.max_tokens"u8 : "$.max_completion_tokens"u8, limit);
            if (_model.ReasoningEffort is { } effort)
                options.Patch.Set("$.reasoning_effort"u8, effort);
            foreach (var (name, value) in _extraBody)
                options.Patch.Set(Path(name), JsonSerializer.SerializeToUtf8Bytes(value));
            return options;
        },
    };
#pragma warning restore SCME0001

    private ChatOptions AnthropicOptions(ModelRequest request)
    {
        var limit = OutputLimit.Anthropic(_model, request.MaxTokens);
        var body = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var headers = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (_model.BudgetTokens is { } budget)
        {
            // Thinking takes no other temperature than 1.
            body["thinking"] = JsonSerializer.SerializeToElement(new JsonObject { ["type"] = "enabled", ["budget_tokens"] = budget });
        }
        else if (_model.ReasoningEffort is { } effort)
        {
            body["thinking"] = JsonSerializer.SerializeToElement(new JsonObject { ["type"] = "adaptive" });
            body["output_config"] = JsonSerializer.SerializeToElement(new JsonObject { ["effort"] = effort });
        }
        else if (_quirks.SendsTemperature && request.Temperature is { } temperature)
        {
            body["temperature"] = JsonSerializer.SerializeToElement(temperature);
            headers["anthropic-version"] = JsonSerializer.SerializeToElement(VersionWithTemperature);
        }

        foreach (var (name, value) in _extraBody)
            body[name] = value;
        body["model"] = JsonSerializer.SerializeToElement(_model.ModelName);
        body["max_tokens"] = JsonSerializer.SerializeToElement(limit);
        body["messages"] = JsonSerializer.SerializeToElement(new JsonArray());
        return new ChatOptions
        {
            RawRepresentationFactory = _ => MessageCreateParams.FromRawUnchecked(headers, new Dictionary<string, JsonElement>(), body),
        };
    }

    private static (string Name, JsonElement Value)[] Properties(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(property => (property.Name, property.Value.Clone()))];
    }

    // In brackets, so that a dot in a name is no step of the path.
    private static byte[] Path(string name) => Encoding.UTF8.GetBytes(name.Contains('\'') ? $"$[\"{name}\"]" : $"$['{name}']");
}
