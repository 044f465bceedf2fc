using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ArenaBench.Core.Telemetry;

/// <summary>
/// Gives a started span an id of our own. .NET has no public way, and without one a span that many hosts share as their parent
/// cannot be: the Durable Task Framework does the same for its spans. A test pins the field.
/// </summary>
internal static class SpanIds
{
    public static void Set(Activity span, ActivitySpanId id)
    {
        SpanId(span) = id.ToHexString();
        // Made from the other when it is asked for.
        Id(span) = null;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? SpanId(Activity span);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_id")]
    private static extern ref string? Id(Activity span);
}
