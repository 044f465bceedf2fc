using System.Net;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Models;
using ArenaBench.Core.Models.Providers;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Tests.Models;

/// <summary>A run must not make this process fetch what only this process may fetch.</summary>
public sealed class ForbiddenAddressTests
{
    [Theory]
    [InlineData("http://169.254.169.254/")] // AWS, Azure, Google, DigitalOcean, OpenStack
    [InlineData("http://169.254.170.2/v2")] // task roles
    [InlineData("http://169.254.170.23/v1")] // pod identity
    [InlineData("http://169.254.0.1/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://0xA9FEA9FE/")]
    [InlineData("http://0251.0376.0251.0376/")]
    [InlineData("http://169.254.43518/")]
    [InlineData("http://0xa9.0xfe.0xa9.0xfe/")]
    [InlineData("http://１６９.２５４.１６９.２５４/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[::ffff:a9fe:a9fe]/")]
    [InlineData("http://[::169.254.169.254]/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("http://[64:ff9b:1::169.254.169.254]/")]
    [InlineData("http://[2002:a9fe:a9fe::1]/")]
    [InlineData("http://[fe80::a9fe:a9fe]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://[fd20:ce::254]/")]
    [InlineData("http://100.100.100.200/")] // Alibaba Cloud
    [InlineData("http://192.0.0.192/")] // Oracle Cloud
    [InlineData("http://168.63.129.16/")] // Azure's wire server
    [InlineData("http://metadata.google.internal/")]
    [InlineData("http://METADATA.GOOGLE.INTERNAL./")]
    [InlineData("http://metadata.goog/")]
    [InlineData("http://metadata.azure.internal/")]
    [InlineData("http://instance-data.ec2.internal/")]
    public void EndpointsFile_WithAnAddressThatServesCredentials_IsRefused(string address)
    {
        var refused = Assert.Throws<ProblemException>(() => EndpointsFile.Parse($"m:\n  endpoints:\n    - api_base: \"{address}\"\n", "f.yaml"));
        Assert.Contains("never called", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8000/v1")]
    [InlineData("http://10.0.0.4:8000/v1")]
    [InlineData("http://[::1]:8000/v1")]
    [InlineData("https://api.openai.com/v1")]
    [InlineData("http://169.255.1.1/v1")]
    public void EndpointsFile_WithAModelServersAddress_IsRead(string address) =>
        Assert.Single(EndpointsFile.Parse($"m:\n  endpoints:\n    - api_base: \"{address}\"\n", "f.yaml").Names);

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1:70/")]
    [InlineData("ftp://example.com/v1")]
    [InlineData("unix:/var/run/docker.sock")]
    [InlineData("//example.com/v1")]
    public void EndpointsFile_WithAnotherScheme_IsRefused(string address) =>
        Assert.Throws<ProblemException>(() => EndpointsFile.Parse($"m:\n  endpoints:\n    - api_base: \"{address}\"\n", "f.yaml"));

    [Theory]
    [InlineData("169.254.169.254", true)]
    [InlineData("::ffff:169.254.169.254", true)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("127.0.0.1", false)]
    public void Connection_ToAnAddressThatANameResolvedTo_IsCheckedAgain(string address, bool forbidden) =>
        Assert.Equal(forbidden, EndpointAddress.IsForbidden(IPAddress.Parse(address)));

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_IsAFailureAndIsNotFollowed(int status)
    {
        await using var elsewhere = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("stolen"));
        await using var endpoint = await FakeEndpoint.AnsweringAsync("{}", status, ("location", elsewhere.Base + "/chat/completions"));

        var reply = await Calls.CallAsync(
            Calls.Model(endpoint.Base), Calls.Ask("hi"), policy: CallPolicy.Default with { Tries = 1 });

        Assert.False(reply.HasText);
        Assert.NotEqual(RecordStatus.Ok, reply.Status);
        Assert.Empty(elsewhere.Requests);
    }
}
