using ArenaBench.LocalRuntime.Hosting;
using Microsoft.Extensions.Configuration;

namespace ArenaBench.LocalRuntime.Tests.Host;

public sealed class ListenUrlTests
{
    [Theory]
    [InlineData(null, null, "http://127.0.0.1:7071/")]
    [InlineData("port", "7200", "http://127.0.0.1:7200/")]
    [InlineData("urls", "http://localhost:81", "http://localhost:81/")]
    public void Settings_ChooseTheAddress(string? key, string? value, string expected) =>
        Assert.Equal(expected, ListenUrl.Choose(new LocalHostOptions(), Settings(key, value)).ToString());

    [Fact]
    public void TheOption_ComesFirst() => Assert.Equal(
        "http://127.0.0.1:5/",
        ListenUrl.Choose(new LocalHostOptions { Url = "http://127.0.0.1:5" }, Settings("port", "6")).ToString());

    [Theory]
    [InlineData("http://0.0.0.0:7071")]
    [InlineData("http://my-machine:7071")]
    [InlineData("http://localhost.example.org:7071")]
    public void OpenToTheNetworkWithoutAKey_IsRefused(string url)
    {
        var failure = Assert.Throws<LocalHostException>(() => ListenUrl.Choose(new LocalHostOptions { Url = url }, Settings()));

        Assert.Contains("reachable from the network", failure.Message, StringComparison.Ordinal);
        Assert.Equal(new Uri(url), ListenUrl.Choose(new LocalHostOptions { Url = url, RequiredKey = "k" }, Settings()));
    }

    [Theory]
    [InlineData("https://127.0.0.1:1")]
    [InlineData("7071")]
    [InlineData("http://127.0.0.1:1/path")]
    public void NoAddress_IsRefused(string url) =>
        Assert.Throws<LocalHostException>(() => ListenUrl.Choose(new LocalHostOptions { Url = url }, Settings()));

    private static IConfiguration Settings(string? key = null, string? value = null) => new ConfigurationBuilder()
        .AddInMemoryCollection(key is null ? [] : [KeyValuePair.Create(key, value)]).Build();
}
