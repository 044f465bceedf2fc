using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ArenaBench.Testing;

namespace ArenaBench.Infra.Tests;

/// <summary>Files that only an editor, a container or a host would read: they parse, and what they name is there.</summary>
public sealed partial class ConfigurationFileTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip };

    [Theory]
    [InlineData(".devcontainer/devcontainer.json")]
    [InlineData(".vscode/extensions.json")]
    [InlineData(".vscode/launch.json")]
    [InlineData(".vscode/settings.json")]
    [InlineData(".vscode/tasks.json")]
    [InlineData("functions/host.json")]
    [InlineData("functions/host.scheduler.json")]
    [InlineData("functions/host.sql.json")]
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

        Assert.Equal("ArenaBench", durable.GetProperty("hubName").GetString());
        Assert.False(durable.GetProperty("tracing").GetProperty("traceInputsAndOutputs").GetBoolean());
        Assert.InRange(durable.GetProperty("storageProvider").GetProperty("partitionCount").GetInt32(), 1, 16);
        Assert.InRange(durable.GetProperty("maxConcurrentActivityFunctions").GetInt32(), 16, 1024);
        Assert.InRange(TimeSpan.Parse(durable.GetProperty("storageProvider").GetProperty("workItemQueueVisibilityTimeout").GetString()!, null), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData("scheduler", "azureManaged", "DURABLE_TASK_SCHEDULER_CONNECTION_STRING")]
    [InlineData("sql", "mssql", "SQLDB_Connection")]
    public void HostJsonOfABackend_DiffersInItsStorageAlone(string backend, string type, string connection)
    {
        var (common, own) = (HostJson("host.json"), HostJson($"host.{backend}.json"));
        var storage = Storage(own);

        Assert.Equal((type, connection), ((string?)storage["type"], (string?)storage["connectionStringName"]));
        Assert.Contains($"{connection}: ", File.ReadAllText(RepoRoot.File("infra", "main.bicep")), StringComparison.Ordinal);
        storage.Clear();
        Storage(common).Clear();
        Assert.Equal(common.ToJsonString(), own.ToJsonString());
    }

    [Theory]
    [InlineData("", "host.json")]
    [InlineData("azureStorage", "host.json")]
    [InlineData("scheduler", "host.scheduler.json")]
    [InlineData("sql", "host.sql.json")]
    public async Task Build_TakesTheHostJsonOfItsBackend(string backend, string taken)
    {
        var items = JsonNode.Parse(await MsBuildAsync("-getItem:None", ("DURABLE_BACKEND", backend), ("TASK_HUB_NAME", "")))!["Items"]!["None"]!.AsArray();

        var host = Assert.Single(items, item => ((string)item!["Identity"]!).StartsWith("host", StringComparison.Ordinal))!;
        Assert.Equal((taken, "host.json"), ((string?)host["Identity"], (string?)host["TargetPath"]));
    }

    [Theory]
    [InlineData("azureStorage", "host.json")]
    [InlineData("scheduler", "host.scheduler.json")]
    public async Task Build_WithAHubOfItsOwn_NamesItInHostJson_AndChangesNothingElse(string backend, string source)
    {
        using var folder = new TempFolder("host-json");
        var file = folder.File("host.json");

        await MsBuildAsync("-t:NameTaskHub", ("DURABLE_BACKEND", backend), ("TASK_HUB_NAME", "Blue2"), ("NamedHostJson", file));

        var (named, own) = (JsonNode.Parse(await File.ReadAllTextAsync(file, Cancelled))!, HostJson(source));
        Assert.Equal("Blue2", (string?)named["extensions"]!["durableTask"]!["hubName"]);
        own["extensions"]!["durableTask"]!["hubName"] = "Blue2";
        Assert.Equal(own.ToJsonString(), named.ToJsonString());
    }

    [Fact]
    public async Task Build_WithNoHubsName_SaysWhatOneIs() =>
        Assert.Contains("TASK_HUB_NAME is 'blue-2'; a task hub's name is 3 to 45 letters and digits", await MsBuildAsync("-t:NameTaskHub", ("TASK_HUB_NAME", "blue-2")), StringComparison.Ordinal);

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

    private static async Task<string> MsBuildAsync(string argument, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", RepoRoot.File("functions", "ArenaBench.Functions.csproj"), "-p:FunctionsHost=azure", argument])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        return await process.StandardOutput.ReadToEndAsync(Cancelled);
    }

    private static JsonNode HostJson(string name) => JsonNode.Parse(File.ReadAllText(RepoRoot.File("functions", name)))!;

    private static JsonObject Storage(JsonNode host) => host["extensions"]!["durableTask"]!["storageProvider"]!.AsObject();

    private static JsonElement Read(string path) =>
        JsonDocument.Parse(File.ReadAllBytes(RepoRoot.File(path.Split('/'))), WithComments).RootElement;

    [GeneratedRegex(@"services:\s+(\w+):")]
    private static partial Regex ServiceName();
}
