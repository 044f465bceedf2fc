using System.CommandLine;
using ScottPlot;

namespace ArenaBench.Bench.Workflow;

/// <summary>Throughput, memory and status calls of a large run over its time, as a picture for the docs.</summary>
public sealed class ScalePlot : IBenchCommand
{
    public Command Build()
    {
        var file = new Argument<string>("file") { Description = "A .png to write." };
        var command = new Command("plot-scale", "Does the large run of 'scale', prints its figures and draws throughput, memory and status calls over time.") { file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var figures = await ScaleRun.MeasureAsync(cancellationToken);
            Draw(figures.Samples).SavePng(parsed.GetValue(file)!, 900, 760);
            return BenchCommandLine.Print(Scale.Of(figures)) ? 0 : 1;
        });
        return command;
    }

    private static Multiplot Draw(IReadOnlyList<ScaleSample> samples)
    {
        double[] at = [.. samples.Select(sample => sample.At.TotalSeconds)];
        // Over ten seconds each: a single second says more about the sampling than about the run.
        var rates = samples.Select(sample =>
        {
            var before = samples.Last(earlier => earlier == samples[0] || earlier.At <= sample.At - TimeSpan.FromSeconds(10));
            var seconds = (sample.At - before.At).TotalSeconds;
            return seconds > 0 ? (sample.Answered - before.Answered) / seconds : 0;
        });
        var plots = new Multiplot();
        plots.AddPlots(3);
        Fill(plots.GetPlot(0), at, [.. rates], "calls a second (mean of 10 s)");
        Fill(plots.GetPlot(1), at, [.. samples.Select(sample => sample.WorkingSet / 1048576.0)], "memory, MB (host and endpoint)");
        Fill(plots.GetPlot(2), at, [.. samples.Select(sample => sample.Status.TotalMilliseconds)], "status call, ms");
        return plots;
    }

    private static void Fill(Plot plot, double[] at, double[] values, string what)
    {
        var line = plot.Add.ScatterLine(at, values);
        line.LineWidth = 2;
        plot.Title(what);
        plot.XLabel("seconds since the run was started");
        plot.Axes.SetLimitsY(0, values.Max() * 1.15);
    }
}
