using System.Text.Json;
using System.Text.RegularExpressions;
using ArenaBench.Testing;

namespace ArenaBench.Infra.Tests;

/// <summary>Files that only an editor, a container or a host would read: they parse, and what they name is there.</summary>
public sealed partial class ConfigurationFileTests
{
    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip };

    [Theory]
    [InlineData(".devcontainer/devcontainer.json")]
    [InlineData(".vscode/extensions.json")]
    [InlineData(".vscode/launch.json")]
    [InlineData(".vscode/settings.json")]
    [InlineData(".vscode/tasks.json")]
    [InlineData("functions/host.json")]
    [InlineData("functions/local.settings.json")]
    [InlineData("infra/bicepconfig.json")]
    [InlineData("infra/workbook.json")]
    public void File_Parses(string path) => Assert.Equal(JsonValueKind.Object, Read(path).ValueKind);

    [Fact]
    public void LaunchAndTasks_NameEachOtherAndWhatIsBuilt()
    {
        var tasks = Read(".vscode/tasks.json").GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("label").GetString()).ToArray();
        foreach (var launch in Read(".vscode/launch.json").GetProperty("configurations").EnumerateArray())
        {
            Assert.Contains(launch.GetProperty("preLaunchTask").GetString(), tasks);
            if (launch.TryGetProperty("program", out var program))
                Assert.StartsWith("${workspaceFolder}/cli/bin/local/Debug/net10.0/arena.dll", program.GetString(), StringComparison.Ordinal);
        }

        var settings = Read(".vscode/settings.json");
        Assert.Contains(settings.GetProperty("azureFunctions.preDeployTask").GetString(), tasks);
        Assert.True(File.Exists(RepoRoot.File(settings.GetProperty("dotnet.defaultSolution").GetString()!)));
    }

    [Fact]
    public void HostJson_IsMadeForProduction()
    {
        var durable = Read("functions/host.json").GetProperty("extensions").GetProperty("durableTask");

        Assert.Matches("^[A-Za-z][A-Za-z0-9]{2,44}$", durable.GetProperty("hubName").GetString());
        Assert.False(durable.GetProperty("tracing").GetProperty("traceInputsAndOutputs").GetBoolean());
        Assert.InRange(durable.GetProperty("storageProvider").GetProperty("partitionCount").GetInt32(), 1, 16);
        Assert.InRange(durable.GetProperty("maxConcurrentActivityFunctions").GetInt32(), 16, 1024);
        Assert.InRange(TimeSpan.Parse(durable.GetProperty("storageProvider").GetProperty("workItemQueueVisibilityTimeout").GetString()!, null), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void AzdProject_NamesTheAppAndItsTag()
    {
        var azd = File.ReadAllText(RepoRoot.File("azure.yaml"));
        var service = ServiceName().Match(azd).Groups[1].Value;

        Assert.True(Directory.Exists(RepoRoot.File("functions")));
        Assert.Contains("project: functions", azd, StringComparison.Ordinal);
        Assert.Contains($"serviceName: '{service}'", File.ReadAllText(RepoRoot.File("infra", "main.bicep")), StringComparison.Ordinal);
    }

    [Fact]
    public void FuncIgnore_KeepsSettingsOfThisMachineAtHome() =>
        Assert.Contains("local.settings.json", File.ReadAllLines(RepoRoot.File("functions", ".funcignore")));

    private static JsonElement Read(string path) =>
        JsonDocument.Parse(File.ReadAllBytes(RepoRoot.File(path.Split('/'))), WithComments).RootElement;

    [GeneratedRegex(@"services:\s+(\w+):")]
    private static partial Regex ServiceName();
}
