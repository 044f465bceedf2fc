using ArenaBench.Cli.Output;
using ArenaBench.Testing;

namespace ArenaBench.Cli.Tests;

public sealed class CommandNameTests
{
    [Fact]
    public void Of_ACheckout_IsWhatTheUserTypesThere()
    {
        var program = RepoRoot.File("cli", "bin", "local", "Debug", "net10.0");

        Assert.Equal("dotnet run --project cli --", CommandName.Of(program, RepoRoot.Path));
        Assert.Equal($"dotnet run --project {Path.Combine("..", "cli")} --", CommandName.Of(program, RepoRoot.File("docs")));
    }

    [Fact]
    public void Of_ACheckoutInAFolderWithBlanks_CanBeTyped()
    {
        using var folder = new TempFolder("arena name");
        Directory.CreateDirectory(folder.File("my checkout", "cli", "bin"));
        File.WriteAllText(folder.File("my checkout", "cli", "ArenaBench.Cli.csproj"), "");

        Assert.Equal(
            $"dotnet run --project \"{Path.Combine("my checkout", "cli")}\" --",
            CommandName.Of(folder.File("my checkout", "cli", "bin"), folder.Path));
    }

    [Fact]
    public void Of_AnInstalledProgram_IsItsName()
    {
        using var folder = new TempFolder("arena installed");
        Assert.Equal("arena", CommandName.Of(folder.Path, folder.Path));
    }
}
