namespace ArenaBench.Functions.Api;

/// <summary>What one route does, for its description; its path and method are read from the function itself.</summary>
/// <param name="Function">Name of the function.</param>
/// <param name="Answers">By status.</param>
internal sealed record ApiOperation(string Function, string Tag, string Summary, params (int Status, ApiContent Content)[] Answers)
{
    public IReadOnlyList<ApiOption> Options { get; init; } = [];

    /// <summary>Null: the request has none.</summary>
    public ApiContent? Body { get; init; }

    /// <summary>The body may be left out.</summary>
    public bool BodyIsOptional { get; init; }
}

/// <summary>An option in the query.</summary>
/// <param name="Values">Null: a text.</param>
internal sealed record ApiOption(string Name, string Description, IReadOnlyList<string>? Values = null, bool MayRepeat = false);

/// <param name="Media">Each with the type that it holds; null where it holds no JSON.</param>
internal sealed record ApiContent(string Description, params (string Media, Type? Type)[] Media)
{
    public static ApiContent None(string description) => new(description);

    public static ApiContent Json<T>(string description) => new(description, ("application/json", typeof(T)));
}
