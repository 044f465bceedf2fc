using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArenaBench.Functions.Settings;

/// <summary>The platform replaces a Key Vault reference by its secret before the app starts; a setting that still holds one was
/// refused. The app starts all the same: a key may be put in later, and only the runs that need it are refused.</summary>
internal sealed class VaultReferences(IConfiguration configuration) : IHealthCheck
{
    public static bool IsOne(string? text) => text is not null && text.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase);

    public static string Unread(string setting) =>
        $"{setting} still holds its Key Vault reference: put the secret into the vault, give the app's identity the role Key Vault Secrets User there and a way to its network, then restart the app";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var unread = configuration.AsEnumerable().Where(setting => IsOne(setting.Value))
            .Select(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        return Task.FromResult(unread.Length == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(string.Join("; ", unread.Select(Unread))));
    }
}
