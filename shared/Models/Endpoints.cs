using ArenaBench.Core.Configuration;
using ArenaBench.Core.Models.Providers;

namespace ArenaBench.Core.Models;

/// <summary>The models of one endpoints file.</summary>
public sealed class Endpoints
{
    private readonly Dictionary<string, NamedModel> _models;

    internal Endpoints(string file, IReadOnlyList<NamedModel> models)
    {
        File = file;
        Names = [.. models.Select(model => model.Settings.Name)];
        _models = models.ToDictionary(model => model.Settings.Name, StringComparer.Ordinal);
    }

    /// <summary>For messages: where it was read from.</summary>
    public string File { get; }

    /// <summary>In file order.</summary>
    public IReadOnlyList<string> Names { get; }

    public ModelSettings? Get(string name) => _models.TryGetValue(name, out var model) ? model.Settings : null;

    /// <summary>Whether the models that a run names can be called from here: their types, addresses and variables. Calls nothing.</summary>
    public IReadOnlyList<Problem> Validate(IEnumerable<ModelSettings> models, KeySource keys) =>
        [.. models.DistinctBy(model => model.Name).SelectMany(model => Of(model, keys).Select(message => At(model.Name, message)))];

    /// <summary>The same for settings of no file.</summary>
    public static IEnumerable<string> Of(ModelSettings model, KeySource keys)
    {
        if (ApiType.Unsupported.TryGetValue(model.ApiType, out var instead))
        {
            yield return $"{model.Name}: api_type {model.ApiType} is not supported; {instead}";
            yield break;
        }

        if (!ApiType.All.TryGetValue(model.ApiType, out var type))
        {
            yield return $"{model.Name}: there is no api_type {model.ApiType}{Nearest.Hint(model.ApiType, ApiType.All.Keys)}";
            yield break;
        }

        if (model.ApiType == "anthropic_thinking" && model.BudgetTokens is null)
            yield return $"{model.Name}: api_type anthropic_thinking needs budget_tokens, such as budget_tokens: 16000";
        var endpoints = model.Endpoints.Count > 0 ? model.Endpoints : [new EndpointSettings(null, null, null)];
        foreach (var problem in endpoints.SelectMany(endpoint => Of(model, type, endpoint, keys)).Distinct())
            yield return problem;
    }

    private static IEnumerable<string> Of(ModelSettings model, ApiType type, EndpointSettings endpoint, KeySource keys)
    {
        if (endpoint.ApiBase is null && type.ApiBase is null)
        {
            yield return $"{model.Name}: api_type {type.Name} has no address of its own; write endpoints: with an api_base";
            yield break;
        }

        if (endpoint.ApiBase is { } written)
        {
            if (EndpointItem.IsPlaceholder(written))
            {
                yield return $"{model.Name}: api_base is still a placeholder; write the endpoint's address";
                yield break;
            }

            if (keys.Missing(written) is { Count: > 0 } unset)
            {
                yield return $"{model.Name}: the environment variable {string.Join(", ", unset)}, which api_base refers to, is not set";
                yield break;
            }

            if (EndpointItem.AddressProblem(keys.Expand(written)) is { } problem)
            {
                yield return $"{model.Name}: {problem}";
                yield break;
            }
        }

        if (keys.Missing(EndpointTarget.Of(model, endpoint, keys).KeyReference) is [var name, ..])
            yield return $"{model.Name}: the environment variable {name}, which holds its key, is not set";
    }

    /// <summary>A problem at a model's entry, where this file has it.</summary>
    internal Problem At(string name, string message) =>
        _models.TryGetValue(name, out var model) ? model.Key.Problem(message) : new Problem(null, null, null, message);
}

/// <param name="Key">Where the entry begins.</param>
internal sealed record NamedModel(ModelSettings Settings, ConfigScalar Key);
