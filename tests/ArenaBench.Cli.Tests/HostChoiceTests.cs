using ArenaBench.Cli.Hosting;

namespace ArenaBench.Cli.Tests;

public sealed class HostChoiceTests
{
    [Theory]
    [InlineData(null, ".arenabench", "")]
    [InlineData(null, "my-state", " --state my-state")]
    [InlineData(null, "/home/A User/state", " --state \"/home/A User/state\"")]
    [InlineData(null, @"C:\Users\A User\state", @" --state ""C:\Users\A User\state""")]
    [InlineData("http://host:7071", ".arenabench", " --host http://host:7071")]
    public void Arguments_CanBeTypedAgainAndHoldNoKey(string? url, string state, string arguments) =>
        Assert.Equal(arguments, new HostChoice(url, "secret", state).Arguments);
}
