using Microsoft.Extensions.DependencyInjection;

namespace ArenaBench.Cli.Hosting;

/// <summary>How a host is started inside a command.</summary>
/// <param name="Url">Where it listens; port 0 lets the system choose.</param>
/// <param name="Configure">Adds to its services before the app does.</param>
public sealed record EmbeddedOptions(string Url, string HubName, Action<IServiceCollection>? Configure = null)
{
    /// <summary>That callers have to show; null: what the setting <c>LocalRuntime:Key</c> says, else none.</summary>
    public string? Key { get; init; }

    /// <summary>Beside it: one that opens GET alone.</summary>
    public string? ReadKey { get; init; }

    public static EmbeddedOptions Default { get; } = new("http://127.0.0.1:0", "ArenaBench");
}
