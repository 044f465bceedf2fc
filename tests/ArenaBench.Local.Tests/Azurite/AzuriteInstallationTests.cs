using ArenaBench.Azurite;
using ArenaBench.Testing;

namespace ArenaBench.Local.Tests.Azurite;

public sealed class AzuriteInstallationTests : IDisposable
{
    private readonly TempFolder _folder = new("install me");
    private readonly List<string> _log = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AzuriteOptions Options => new() { InstallFolder = _folder.Path, Log = _log.Add };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Npm_Fails_SaysWhatItSaidAndWhatToDo_AndTriesAgainNextTime()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-ins for npm are shell scripts.");
        var failing = Script("failing npm", "echo 'npm error network unreachable' >&2; exit 7");
        var error = await Assert.ThrowsAsync<AzuriteException>(() => EnsureAsync(failing));
        Assert.Contains("ended with exit code 7", error.Message, StringComparison.Ordinal);
        Assert.Contains("npm ping", error.Message, StringComparison.Ordinal);
        Assert.Contains("network unreachable", error.Message, StringComparison.Ordinal);

        var working = Script("working npm", "mkdir -p node_modules/azurite/dist/src/blob && touch node_modules/azurite/dist/src/blob/main.js");
        var installation = await EnsureAsync(working);
        Assert.True(File.Exists(installation.MainScript));
        Assert.Equal(2, _log.Count);
    }

    [Fact]
    public async Task Installed_IsNotInstalledAgain_EvenByManyAtOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-ins for npm are shell scripts.");
        var npm = Script("npm", "echo x >> ../runs; mkdir -p node_modules/azurite/dist/src/blob && touch node_modules/azurite/dist/src/blob/main.js");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => EnsureAsync(npm)));
        await EnsureAsync(npm);
        Assert.Single(File.ReadLines(_folder.File("runs")));
        Assert.Contains("Installing Azurite 3.", Assert.Single(_log), StringComparison.Ordinal);
        Assert.Contains("once", _log[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Npm_CannotBeRun_SaysSo()
    {
        var error = await Assert.ThrowsAsync<AzuriteException>(() => EnsureAsync(_folder.File("no such npm")));
        Assert.Contains("no such npm cannot be started", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstallFolder_UnderAFile_SaysThatItCannotBeMade()
    {
        await File.WriteAllTextAsync(_folder.File("taken"), "", Cancellation);
        var options = new AzuriteOptions { InstallFolder = _folder.File("taken", "sub") };
        var error = await Assert.ThrowsAsync<AzuriteException>(
            () => AzuriteInstallation.EnsureAsync(new NodeTools("node", ["npm"]), options, Cancellation));
        Assert.Contains("cannot be made", error.Message, StringComparison.Ordinal);
    }

    private Task<AzuriteInstallation> EnsureAsync(string npm) =>
        AzuriteInstallation.EnsureAsync(new NodeTools("node", [npm]), Options, Cancellation);

    private string Script(string name, string body)
    {
        var path = _folder.File(name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
