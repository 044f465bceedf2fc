using System.Diagnostics;
using ArenaBench.Core.Telemetry;

namespace ArenaBench.Core.Tests.Models;

public sealed class SpanIdTests
{
    [Fact]
    public void Set_OnAStartedSpan_IsItsIdInEveryForm()
    {
        using var span = new Activity("x").SetIdFormat(ActivityIdFormat.W3C).Start();
        var before = span.Id;
        var id = ActivitySpanId.CreateFromString("0123456789abcdef");

        SpanIds.Set(span, id);

        Assert.NotEqual(before, span.Id);
        Assert.Equal(id, span.SpanId);
        Assert.Equal(id, span.Context.SpanId);
        Assert.Contains("-0123456789abcdef-", span.Id, StringComparison.Ordinal);
    }
}
