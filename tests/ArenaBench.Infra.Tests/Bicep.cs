using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using ArenaBench.Testing;

namespace ArenaBench.Infra.Tests;

/// <summary>The real compiler. Its snapshots say what a deployment with some settings would make, without a subscription.</summary>
internal static class Bicep
{
    /// <param name="settings">Environment variables that main.bicepparam reads.</param>
    public static async Task<DeploymentPlan> PlanAsync(params (string Name, string Value)[] settings)
    {
        using var folder = new TempFolder("arenabench-infra");
        foreach (var file in Directory.EnumerateFiles(RepoRoot.File("infra"), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder.Path, Path.GetRelativePath(RepoRoot.File("infra"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var parameters = Path.Combine(folder.Path, "main.bicepparam");
        var said = await RunAsync(
            ["snapshot", parameters, "--mode", "overwrite", "--subscription-id", "00000000-0000-0000-0000-000000000001",
                "--tenant-id", "00000000-0000-0000-0000-000000000002", "--location", "swedencentral"],
            settings);
        var snapshot = Path.Combine(folder.Path, "main.snapshot.json");
        Assert.True(File.Exists(snapshot), said);
        return new DeploymentPlan(JsonSerializer.Deserialize<JsonElement>(await File.ReadAllBytesAsync(snapshot)), said);
    }

    private static async Task<string> RunAsync(IReadOnlyList<string> arguments, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(CompilerOrSkip(), arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        start.Environment["BICEP_TRACING_ENABLED"] = "false";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var said = (output + await errors).Trim();
        Assert.True(process.ExitCode == 0, said);
        return said;
    }

    private static string CompilerOrSkip()
    {
        var folder = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "BicepFolder").Value!;
        var compiler = Path.Combine(folder, OperatingSystem.IsWindows() ? "bicep.exe" : "bicep");
        if (!File.Exists(compiler))
            Assert.Skip($"There is no Bicep compiler for this system in {folder}: the templates are not compiled.");
        // Packages do not carry the right to execute.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(compiler, File.GetUnixFileMode(compiler) | UnixFileMode.UserExecute);
        return compiler;
    }
}

/// <summary>What would be deployed.</summary>
/// <param name="Said">The compiler's warnings.</param>
internal sealed record DeploymentPlan(JsonElement Snapshot, string Said)
{
    public IReadOnlyList<JsonElement> Resources { get; } = [.. Snapshot.GetProperty("predictedResources").EnumerateArray()];

    public IReadOnlyList<JsonElement> Of(string type) => [.. Resources.Where(resource => resource.GetProperty("type").GetString() == type)];

    public JsonElement One(string type) => Assert.Single(Of(type));

    public JsonElement Properties(string type) => One(type).GetProperty("properties");

    /// <summary>The app's settings as they would be.</summary>
    public JsonElement Settings => Of("Microsoft.Web/sites/config").Single(config => config.GetProperty("name").GetString()!.EndsWith("/appsettings", StringComparison.Ordinal)).GetProperty("properties");

    /// <summary>Ids of the roles that are given, each with whether to the app.</summary>
    public IEnumerable<string> Roles => Of("Microsoft.Authorization/roleAssignments")
        .Select(role => role.GetProperty("properties").GetProperty("roleDefinitionId").GetString()!.Split('/')[^1].TrimEnd('\'', ']', ')'));
}
