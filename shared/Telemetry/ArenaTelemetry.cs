using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ArenaBench.Core.Telemetry;

/// <summary>Where spans and metrics come from: the names that a listener asks for. docs/operations.md lists what there is.</summary>
public static class ArenaTelemetry
{
    public const string Name = "ArenaBench";

    internal static readonly ActivitySource Source = new(Name, Version);
    internal static readonly Meter Meter = new(Name, Version);

    /// <summary>Of the product, without build metadata.</summary>
    public static string Version => typeof(ArenaTelemetry).Assembly.GetName().Version?.ToString(3) ?? "";
}
