using ArenaBench.Functions.Api;

namespace ArenaBench.Functions.Tests.Api;

public sealed class AcceptedTests
{
    [Theory]
    [InlineData("https://app.local/runtime/webhooks/durabletask/instances/a%3Am00/raiseEvent/{eventName}?code=k%3D",
        "http://localhost:7071/runtime/webhooks/durabletask/instances/a%3Am00/raiseEvent/{eventName}?code=k%3D")]
    [InlineData("http://127.0.0.1:80/x?reason={{text}}", "http://localhost:7071/x?reason={{text}}")]
    [InlineData(null, "")]
    public void Rebase_ChangesTheAddressAndNothingElse(string? link, string expected) =>
        Assert.Equal(expected, Accepted.Rebase(link, "http://localhost:7071"));
}
