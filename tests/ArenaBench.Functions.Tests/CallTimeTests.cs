using System.Text.Json;
using ArenaBench.Core.Models;
using ArenaBench.Testing;

namespace ArenaBench.Functions.Tests;

public sealed class CallTimeTests
{
    [Fact]
    public void Calls_EndBeforeTheHostEndsTheFunction()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(RepoRoot.File("functions", "host.json")));
        var functionTimeout = TimeSpan.Parse(host.RootElement.GetProperty("functionTimeout").GetString()!, System.Globalization.CultureInfo.InvariantCulture);

        Assert.True(CallTime.LongestActivity + TimeSpan.FromMinutes(5) <= functionTimeout);
        Assert.True(CallTime.HasRoomFor(CallTime.LongestTimeout, TimeSpan.Zero));
        Assert.False(CallTime.HasRoomFor(CallTime.LongestTimeout, TimeSpan.FromMinutes(5)));
    }
}
