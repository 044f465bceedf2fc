using System.CommandLine;
using ArenaBench.Azurite;
using ArenaBench.Simulation;
using ArenaBench.Testing;
using ScottPlot;

namespace ArenaBench.Bench.Workflow;

/// <summary>How many calls are in flight over the time of a run, as a table and as a picture for the docs.</summary>
public sealed class TimelinePlot : IBenchCommand
{
    public Command Build()
    {
        var file = new Argument<string?>("file") { Description = "A .png to write.", Arity = ArgumentArity.ZeroOrOne };
        var questions = new Option<int>("--questions") { Description = "Each with an answer and two games.", DefaultValueFactory = _ => Efficiency.Questions };
        var parallel = new Option<int>("--parallel") { Description = "Calls in flight at most.", DefaultValueFactory = _ => Efficiency.Parallel };
        var milliseconds = new Option<int>("--latency-ms") { Description = "Of each call.", DefaultValueFactory = _ => (int)Efficiency.Latency.TotalMilliseconds };
        var command = new Command("plot-timeline", "Does a run of 'efficiency' and draws its calls in flight over time.") { file, questions, parallel, milliseconds };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var shape = new Shape(parsed.GetValue(questions), parsed.GetValue(parallel), TimeSpan.FromMilliseconds(parsed.GetValue(milliseconds)));
            var line = await MeasureAsync(shape, cancellationToken);
            Print(line, shape);
            if (parsed.GetValue(file) is { } picture)
                Draw(line, shape).SavePng(picture, 900, 360);
            return 0;
        });
        return command;
    }

    private static async Task<Line> MeasureAsync(Shape shape, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("bench-timeline");
        await using var azurite = await AzuriteLauncher.StartAsync(new AzuriteOptions { DataFolder = folder.Path, Port = 0 }, cancellationToken);
        // The first run pays for the JIT.
        await RunAsync(azurite.ConnectionString, new Shape(50, shape.Parallel, TimeSpan.Zero), cancellationToken);
        return await RunAsync(azurite.ConnectionString, shape, cancellationToken);
    }

    private static async Task<Line> RunAsync(string storage, Shape shape, CancellationToken cancellationToken)
    {
        await using var models = new ObservedEndpoint();
        await models.StartAsync(SimulatedLatency.Fixed(shape.Latency), cancellationToken);
        await using var host = new BenchHost(storage);
        await PairwiseWork.SetUpAsync(host, shape.Questions, new Target(models.Address, "sim-judge", shape.Parallel), cancellationToken);
        await host.StartAsync(cancellationToken);
        var posted = models.Now;
        var seconds = await host.RunAsync("timeline", PairwiseWork.Spec(["model"]), cancellationToken);
        return new Line([.. models.Calls.Select(call => call - posted)], TimeSpan.FromSeconds(seconds));
    }

    private static void Print(Line line, Shape shape)
    {
        var ideal = 3 * shape.Questions * shape.Latency / shape.Parallel;
        Console.WriteLine($"POST to first call {line.Calls[0].TotalMilliseconds:0} ms, last call's end to leaderboard {(line.Whole - line.Calls[^1] - shape.Latency).TotalMilliseconds:0} ms, whole {line.Whole.TotalSeconds:0.00} s, ideal {ideal.TotalSeconds:0.00} s");
        foreach (var part in line.Calls.GroupBy(call => (int)((call - line.Calls[0]) / shape.Latency)))
            Console.WriteLine($"{(line.Calls[0] + part.Key * shape.Latency).TotalSeconds,8:0.00} s  {part.Count(),4} calls begin");
    }

    private static Plot Draw(Line line, Shape shape)
    {
        var step = shape.Latency / 20;
        double[] at = [.. Enumerable.Range(0, (int)(line.Whole / step) + 1).Select(index => (index * step).TotalSeconds)];
        double[] inFlight = [.. at.Select(now => (double)line.Calls.Count(call => call.TotalSeconds <= now && now < (call + shape.Latency).TotalSeconds))];
        var plot = new Plot();
        plot.Add.ScatterLine(at, inFlight).LineWidth = 2;
        plot.Add.VerticalLine(line.Whole.TotalSeconds).LegendText = "leaderboard";
        plot.Title($"calls in flight, of {shape.Parallel}");
        plot.XLabel("seconds since the POST");
        plot.Axes.SetLimitsY(0, shape.Parallel * 1.1);
        plot.ShowLegend(Alignment.LowerLeft);
        return plot;
    }

    private sealed record Shape(int Questions, int Parallel, TimeSpan Latency);

    /// <param name="Calls">When each began, since the POST, in order.</param>
    /// <param name="Whole">From the POST to the leaderboard.</param>
    private sealed record Line(IReadOnlyList<TimeSpan> Calls, TimeSpan Whole);
}
