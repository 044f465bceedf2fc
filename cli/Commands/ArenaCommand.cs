using System.CommandLine;
using ArenaBench.Azurite;
using ArenaBench.Cli.Client;
using ArenaBench.Cli.Output;
using ArenaBench.Core.Configuration;
using ArenaBench.LocalRuntime.Hosting;
using ArenaBench.Simulation;

namespace ArenaBench.Cli.Commands;

/// <summary>The root of the command line, and the one place where failures become messages and exit codes.</summary>
public static class ArenaCommand
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Grades language models with a judge model: runs benchmarks, keeps every answer and judgment, shows the leaderboard.");
        Command[] commands =
        [
            DemoCommand.Create(), .. RunCommand.CreateAll(), FollowCommand.Create(), StatusCommand.Create(), ShowCommand.Create(), BrowseCommand.Create(), ManifestCommand.Create(),
            ReportCommand.Create(), SiteCommand.Create(), .. ControlCommands.CreateAll(), .. CleanCommands.CreateAll(), ImportCommand.Create(), ExportCommand.Create(), BenchmarksCommand.Create(), ConfigCommand.Create(),
            ConvertCommand.Create(), ServeCommand.Create(), SimulateCommand.Create(),
        ];
        foreach (var command in commands)
            root.Subcommands.Add(command);
        return root;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
            var parsed = Create().Parse(args);
            var code = await parsed.InvokeAsync(configuration);
            // A command line that cannot be understood is bad input like any other.
            return parsed.Errors.Count > 0 ? ExitCodes.BadInput : code;
        }
        catch (ProblemException refused)
        {
            Terminal.Error(refused.Problems.Select(problem => problem.ToString()));
            return ExitCodes.BadInput;
        }
        catch (ApiException refused)
        {
            Terminal.Error(refused.Messages);
            return refused.IsCallersFault ? ExitCodes.BadInput : ExitCodes.Unavailable;
        }
        catch (SimulationException refused)
        {
            Terminal.Error(refused.Message.Split(Environment.NewLine));
            return ExitCodes.BadInput;
        }
        catch (Exception unavailable) when (unavailable is AzuriteException or LocalHostException or IOException or UnauthorizedAccessException)
        {
            Terminal.Error([unavailable.Message]);
            return ExitCodes.Unavailable;
        }
        catch (OperationCanceledException)
        {
            Terminal.Say("Interrupted.");
            return ExitCodes.Interrupted;
        }
    }
}
