using ArenaBench.Azurite;

namespace ArenaBench.Local.Tests.Azurite;

public sealed class NodeToolsTests
{
    [Fact]
    public void Find_WindowsPathWithSpacesAndQuotes_RunsNpmsScriptWithoutAShell()
    {
        string[] files =
        [
            @"C:\Program Files\nodejs\node.exe",
            @"C:\Program Files\nodejs\npm.cmd",
            @"C:\Program Files\nodejs\node_modules\npm\bin\npm-cli.js",
        ];
        var tools = NodeTools.Find("""C:\Windows;"C:\Program Files\nodejs\";C:\Users\Ann Lee\bin""", windows: true, files.Contains);
        Assert.Equal(files[0], tools.Node);
        Assert.Equal([files[0], files[2]], tools.Npm);
    }

    [Fact]
    public void Find_WindowsNpmElsewhere_FallsBackToTheBatchFile()
    {
        string[] files = [@"D:\node\node.exe", @"C:\Users\Ann Lee\AppData\Roaming\npm\npm.cmd"];
        var tools = NodeTools.Find(@"D:\node;C:\Users\Ann Lee\AppData\Roaming\npm", windows: true, files.Contains);
        Assert.Equal([files[1]], tools.Npm);
    }

    [Fact]
    public void Find_UnixPath_TakesTheFirst()
    {
        string[] files = ["/opt/my node/bin/node", "/usr/bin/node", "/usr/bin/npm"];
        var tools = NodeTools.Find("/none:/opt/my node/bin:/usr/bin", windows: false, files.Contains);
        Assert.Equal("/opt/my node/bin/node", tools.Node);
        Assert.Equal(["/usr/bin/npm"], tools.Npm);
    }

    [Fact]
    public void Find_NoNode_SaysWhatToInstall()
    {
        var error = Assert.Throws<AzuriteException>(() => NodeTools.Find(null, windows: false, _ => false));
        Assert.Contains("Node.js is not on the PATH", error.Message, StringComparison.Ordinal);
        Assert.Contains("https://nodejs.org", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NoNpm_SaysSo()
    {
        var error = Assert.Throws<AzuriteException>(() => NodeTools.Find("/usr/bin", windows: false, file => file == "/usr/bin/node"));
        Assert.Contains("npm is not on the PATH", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v18.20.4\n", "too old")]
    [InlineData("hello", "did not answer with a version")]
    public void RequireVersion_OldOrNone_Throws(string output, string expected)
    {
        var error = Assert.Throws<AzuriteException>(() => NodeTools.RequireVersion("node", output));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v20.0.0\n")]
    [InlineData("v24.1.0\r\n")]
    public void RequireVersion_NewEnough_Passes(string output) => NodeTools.RequireVersion("node", output);
}
