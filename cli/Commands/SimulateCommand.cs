using System.CommandLine;
using ArenaBench.Cli.Output;
using ArenaBench.Simulation;

namespace ArenaBench.Cli.Commands;

internal static class SimulateCommand
{
    public static Command Create()
    {
        var command = new Command("simulate", "Runs an OpenAI-compatible endpoint with simulated models until it is interrupted; see docs/simulation.md.");
        var port = new Option<int?>("--port") { Description = $"Port to listen on; 0 lets the system choose. Without it, the file's, else {SimulationOptions.UsualPort}." };
        var file = new Option<string?>("--options") { Description = "Its options: models, latency, limits, faults (YAML or JSON)." };
        command.Options.Add(port);
        command.Options.Add(file);
        command.SetAction((parsed, cancellationToken) => SimulateAsync(parsed.GetValue(port), parsed.GetValue(file), cancellationToken));
        return command;
    }

    private static async Task<int> SimulateAsync(int? port, string? file, CancellationToken cancellationToken)
    {
        var options = file is null ? new SimulationOptions { Port = SimulationOptions.UsualPort } : SimulationFile.Load(file);
        await using var endpoint = await SimulatedEndpoint.StartAsync(options with { Port = port ?? options.Port }, cancellationToken);
        // The address is the result: a script waits for this line.
        Console.Out.WriteLine(endpoint.BaseUrl);
        Terminal.Say("SIMULATED models: their answers are made up. Ctrl-C stops it.");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Terminal.Say("Stopping.");
        }

        return ExitCodes.Ok;
    }
}
