using System.Text.RegularExpressions;

namespace ArenaBench.Core.Models;

/// <summary>Resolves what endpoint files hold in place of secrets and addresses: <c>${NAME}</c>, <c>${NAME:-text}</c>, Key Vault references.</summary>
/// <param name="lookup">A variable's value, or null: from the environment or the host's configuration.</param>
/// <param name="vaults">Null: Azure's.</param>
public sealed partial class KeySource(Func<string, string?> lookup, KeyVaultKeys? vaults = null)
{
    private readonly KeyVaultKeys _vaults = vaults ?? KeyVaultKeys.Azure(TimeProvider.System);

    public static KeySource Environment { get; } = new(System.Environment.GetEnvironmentVariable);

    /// <summary>The whole text is one reference, as keys must be.</summary>
    public static bool IsReference(string text) => WholePattern().IsMatch(text) || KeyVaultKeys.IsReference(text);

    /// <returns>Empty: the variable is not set.</returns>
    /// <exception cref="Azure.RequestFailedException">The key vault refuses or does not answer.</exception>
    public ValueTask<string> KeyAsync(string reference, CancellationToken cancellationToken) =>
        KeyVaultKeys.IsReference(reference) ? _vaults.GetAsync(reference, cancellationToken) : new ValueTask<string>(Expand(reference));

    /// <summary>The value; variables that are not set and have no text of their own become empty.</summary>
    public string Expand(string text) =>
        text.Contains("${", StringComparison.Ordinal) ? Pattern().Replace(text, match => Value(match) ?? "") : text;

    /// <summary>Names of the variables that are neither set nor given a text.</summary>
    public IReadOnlyList<string> Missing(string? text) => text is null
        ? []
        : [.. Pattern().Matches(text).Where(match => Value(match) is null).Select(match => match.Groups["name"].Value)];

    /// <summary>The platform puts the secret in place of such a setting; where it could not, the setting is no key.</summary>
    private static bool IsUnread(string value) => value.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase);

    private string? Value(Match match) =>
        lookup(match.Groups["name"].Value) is { Length: > 0 } value && !IsUnread(value) ? value
        : match.Groups["text"] is { Success: true } text ? text.Value
        : null;

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<text>[^}]*))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^\$\{[A-Za-z_][A-Za-z0-9_]*\}$", RegexOptions.CultureInvariant)]
    private static partial Regex WholePattern();
}
