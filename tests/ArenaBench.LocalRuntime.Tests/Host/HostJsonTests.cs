using ArenaBench.LocalRuntime.Hosting;
using Microsoft.Extensions.Configuration;

namespace ArenaBench.LocalRuntime.Tests.Host;

public sealed class HostJsonTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"host-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void EverySetting_IsRead()
    {
        var json = Read("""
            {
              // comments are allowed
              "functionTimeout": "00:10:00",
              "extensions": {
                "http": { "routePrefix": "v1/" },
                "durableTask": {
                  "hubName": "MyHub", "maxConcurrentActivityFunctions": 7, "MaxConcurrentOrchestratorFunctions": 3
                }
              }
            }
            """);

        Assert.Equal(new HostJson("v1", "MyHub", 7, 3, TimeSpan.FromMinutes(10)), json);
    }

    [Fact]
    public void NoFile_GivesTheDefaults()
    {
        var json = HostJson.Read(null, Settings(), null);

        Assert.Equal(("api", "TestHubName", null), (json.RoutePrefix, json.HubName, json.FunctionTimeout));
        Assert.Equal(10 * Environment.ProcessorCount, json.MaxConcurrentActivities);
    }

    [Fact]
    public void EmptyRoutePrefix_IsKept() =>
        Assert.Equal("", Read("""{ "extensions": { "http": { "routePrefix": "" } } }""").RoutePrefix);

    [Fact]
    public void HubNameFromASetting_IsResolved()
    {
        var json = Read("""{ "extensions": { "durableTask": { "hubName": "%Hub%" } } }""", ("Hub", "Other"));

        Assert.Equal("Other", json.HubName);
    }

    [Fact]
    public void HubNameByCode_NeedsNoSetting()
    {
        File.WriteAllText(_path, """{ "extensions": { "durableTask": { "hubName": "%Gone%" } } }""");

        Assert.Equal("Mine", HostJson.Read(_path, Settings(), "Mine").HubName);
    }

    [Theory]
    [InlineData("""{ "extensions": { "durableTask": { "hubName": "a-b" } } }""", "extensions.durableTask.hubName is 'a-b'")]
    [InlineData("""{ "extensions": { "durableTask": { "hubName": "%Gone%" } } }""", "%Gone%, which is not set")]
    [InlineData("""{ "extensions": { "durableTask": { "maxConcurrentActivityFunctions": 0 } } }""", "not a whole number above 0")]
    [InlineData("""{ "functionTimeout": "soon" }""", "functionTimeout is 'soon'")]
    [InlineData("{\n\"a\": oops }", ":2: host.json is not valid JSON")]
    public void WrongSetting_NamesFileAndPlace(string text, string problem)
    {
        var failure = Assert.Throws<LocalHostException>(() => Read(text));

        Assert.StartsWith(_path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    private HostJson Read(string text, params (string Key, string Value)[] settings)
    {
        File.WriteAllText(_path, text);
        return HostJson.Read(_path, Settings(settings), null);
    }

    private static IConfiguration Settings(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
}
