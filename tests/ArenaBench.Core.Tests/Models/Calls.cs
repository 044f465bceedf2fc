using ArenaBench.Core.Models;

namespace ArenaBench.Core.Tests.Models;

/// <summary>Settings and calls as tests need them.</summary>
internal static class Calls
{
    public const string Canary = "sk-canary-0123456789abcdef";

    public static readonly KeySource Keys = new(name => name == "KEY" ? Canary : null);

    public static ModelSettings Model(string apiBase, string type = "openai", string model = "m", params (string Key, string Value)[] extra) =>
        ModelSettings.OpenAi("a-model", [new EndpointSettings(apiBase, "${KEY}", null)]) with
        {
            ModelName = model,
            ApiType = type,
            Parallel = 8,
            Timeout = TimeSpan.FromSeconds(30),
            Extra = extra.ToDictionary(pair => pair.Key, pair => pair.Value),
        };

    public static ModelRequest Ask(string user, string? system = null, double? temperature = null, int? maxTokens = null) =>
        new(system is null ? [new ChatTurn("user", user)] : [new ChatTurn("system", system), new ChatTurn("user", user)], temperature, maxTokens);

    public static async Task<ModelReply> CallAsync(ModelSettings model, ModelRequest request, KeySource? keys = null, CallPolicy? policy = null)
    {
        using var caller = new ModelCaller(keys ?? Keys, TimeProvider.System, policy);
        return await caller.CallAsync(model, request, new CallContext("run"), TestContext.Current.CancellationToken);
    }
}
