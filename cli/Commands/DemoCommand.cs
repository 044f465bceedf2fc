using System.CommandLine;
using ArenaBench.Cli.Client;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;
using ArenaBench.Simulation;

namespace ArenaBench.Cli.Commands;

internal static class DemoCommand
{
    private const string DefaultBench = "arena-mini";

    public static Command Create()
    {
        var command = new Command("demo", "Runs a whole benchmark with simulated models: no key, no cost.");
        var bench = new Option<string>("--bench") { Description = "A benchmark of data/: arena-mini or arena-mini-pairwise.", DefaultValueFactory = _ => DefaultBench };
        var state = new Option<string>("--state") { Description = "Folder for local storage and state.", DefaultValueFactory = _ => HostChoice.DefaultState };
        command.Options.Add(bench);
        command.Options.Add(state);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(bench)!, parsed.GetValue(state)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string bench, string state, CancellationToken cancellationToken)
    {
        Terminal.Say($"ArenaBench demo: {bench} with SIMULATED models. Their answers are made up; their order of quality is built in.");
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), cancellationToken);
        // The endpoints file names the address by this variable; the host of this demo lives in this process.
        Environment.SetEnvironmentVariable("ARENABENCH_SIMULATED_URL", models.BaseUrl.ToString());

        var demoState = Path.Combine(state, "demo");
        await using var session = await HostSession.OpenAsync(new HostChoice(null, null, demoState), EmbeddedOptions.Default, cancellationToken);
        await LocalBenchmark.UploadAsync(session.Client, await LocalBenchmark.ReadAsync(ShippedData.Folder(bench), null, null, cancellationToken), cancellationToken);
        await session.Client.PutConfigAsync("endpoints.yaml", await File.ReadAllTextAsync(ShippedData.File("endpoints.simulated.yaml"), cancellationToken), cancellationToken);
        var spec = await File.ReadAllTextAsync(ShippedData.File("runs", $"{bench}.yaml"), cancellationToken);
        // The simulated models end with this command: what continues is the demo, which finds what is done.
        var again = "demo" + (bench == DefaultBench ? "" : $" --bench {bench}") + new HostChoice(null, null, state).Arguments;
        var code = await RunCommand.FollowAsync(session, spec, cancellationToken, toContinue: again);
        if (code == ExitCodes.Ok)
            SayNext(session.Arguments);
        return code;
    }

    private static void SayNext(string arguments)
    {
        Terminal.Say("");
        Terminal.Say($"Every answer and judgment is kept. To look at them:  {CommandName.Current} serve{arguments}   then open http://127.0.0.1:7071/api/view");
        Terminal.Say("Next, your own models: name them in endpoints.yaml and a run spec, as README.md shows under \"Your own models\".");
    }
}
