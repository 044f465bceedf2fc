using ArenaBench.LocalRuntime.Hosting;

namespace ArenaBench.LocalRuntime.Tests.Host;

public sealed class LocalSettingsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"local-settings-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Values_BecomeConfigurationKeys()
    {
        var settings = Read("""
            { "IsEncrypted": false, "Values": { "A__B": "one", "C": 2 }, "Host": { "LocalHttpPort": 7171 } }
            """);

        Assert.Equal(("one", "2", "7171"), (settings["a:b"], settings["C"], settings["port"]));
    }

    [Fact]
    public void NoFile_IsEmpty() => Assert.Empty(LocalSettings.Read(_path));

    [Theory]
    [InlineData("""{ "IsEncrypted": true, "Values": {} }""", "encrypted")]
    [InlineData("{\n oops", ":2: local.settings.json cannot be read")]
    [InlineData("""{ "Values": "text" }""", "local.settings.json cannot be read")]
    public void WrongFile_NamesItself(string text, string problem)
    {
        var failure = Assert.Throws<LocalHostException>(() => Read(text));

        Assert.StartsWith(_path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    private IReadOnlyDictionary<string, string?> Read(string text)
    {
        File.WriteAllText(_path, text);
        return LocalSettings.Read(_path);
    }
}
