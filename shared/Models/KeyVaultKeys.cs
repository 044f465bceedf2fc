using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

namespace ArenaBench.Core.Models;

/// <summary>
/// Keys in Azure Key Vault, by the references that App Service knows:
/// <c>@Microsoft.KeyVault(VaultName=myvault;SecretName=mysecret)</c> or <c>@Microsoft.KeyVault(SecretUri=https://…)</c>. Read with
/// the identity of the process, kept in memory for some minutes so that a rotated key is found.
/// </summary>
/// <param name="open">The client of a vault's address.</param>
public sealed partial class KeyVaultKeys(Func<Uri, SecretClient> open, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    // Those of Azure's clouds: a reference must not send the process's identity elsewhere.
    private static readonly string[] Clouds = [".vault.azure.net", ".vault.usgovcloudapi.net", ".vault.azure.cn"];

    private readonly ConcurrentDictionary<Uri, SecretClient> _vaults = new();
    private readonly ConcurrentDictionary<string, (string Key, long At)> _keys = new(StringComparer.Ordinal);

    /// <summary>The vaults of Azure, with the identity that the process has there.</summary>
    public static KeyVaultKeys Azure(TimeProvider time)
    {
        var identity = new Lazy<TokenCredential>(() => new DefaultAzureCredential());
        return new KeyVaultKeys(vault => new SecretClient(vault, identity.Value), time);
    }

    /// <summary>Written as such a reference, and to a vault of Azure.</summary>
    public static bool IsReference(string text) => Parse(text) is not null;

    /// <exception cref="global::Azure.RequestFailedException">The vault refuses or does not answer.</exception>
    public async ValueTask<string> GetAsync(string reference, CancellationToken cancellationToken)
    {
        if (_keys.TryGetValue(reference, out var kept) && time.GetElapsedTime(kept.At) < Kept)
            return kept.Key;
        var (vault, name, version) = Parse(reference) ?? throw new ArgumentException("It is no reference to a key vault.", nameof(reference));
        var secret = await _vaults.GetOrAdd(vault, open).GetSecretAsync(name, version, cancellationToken: cancellationToken).ConfigureAwait(false);
        _keys[reference] = (secret.Value.Value, time.GetTimestamp());
        return secret.Value.Value;
    }

    private static (Uri Vault, string Name, string? Version)? Parse(string text)
    {
        var match = ReferencePattern().Match(text);
        if (!match.Success)
            return null;
        var parts = match.Groups[1].Value.Split(';').Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
            .ToDictionary(part => part[0].Trim(), part => part[1].Trim(), StringComparer.OrdinalIgnoreCase);
        if (parts.TryGetValue("SecretUri", out var address))
        {
            return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == "https" && IsVault(uri) && KeyVaultSecretIdentifier.TryCreate(uri, out var identifier)
                ? (identifier.VaultUri, identifier.Name, identifier.Version)
                : null;
        }

        return parts.TryGetValue("VaultName", out var vault) && NamePattern().IsMatch(vault) && parts.TryGetValue("SecretName", out var name) && NamePattern().IsMatch(name)
            ? (new Uri($"https://{vault}.vault.azure.net/"), name, parts.GetValueOrDefault("SecretVersion"))
            : null;
    }

    private static bool IsVault(Uri uri) => Clouds.Any(cloud => uri.Host.EndsWith(cloud, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"^@Microsoft\.KeyVault\((.+)\)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReferencePattern();

    [GeneratedRegex("^[A-Za-z0-9-]{1,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
