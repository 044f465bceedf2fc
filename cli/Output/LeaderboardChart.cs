using System.Globalization;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Scoring;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ArenaBench.Cli.Output;

/// <summary>A leaderboard as a bar chart, best on top, with its intervals.</summary>
internal static class LeaderboardChart
{
    private const int Width = 900;
    private const int Margins = 110;
    private const int BarHeight = 26;
    private static readonly string[] PlainFonts = ["Open Sans", "Segoe UI", "Helvetica", "Arial", "Liberation Sans", "DejaVu Sans"];

    /// <exception cref="ProblemException">The file's name says neither .svg nor .png.</exception>
    public static void CheckName(string file)
    {
        if (!IsSvg(file) && !Ends(file, ".png"))
            throw new ProblemException(new Problem(null, null, null, $"--chart is \"{file}\" where a file name that ends in .svg or .png is wanted"));
    }

    public static void Save(Leaderboard leaderboard, string file)
    {
        CheckName(file);
        IReadOnlyList<(string Model, Estimate Score)> rows = leaderboard.Single is { } single
            ? [.. single.Rows.Where(row => row.Mean.Value is not null).Select(row => (row.Model, row.Mean))]
            : [.. leaderboard.Pairwise!.Rows.Where(row => row.WinRate.Value is not null).Select(row => (row.Model, row.WinRate))];
        var plot = Draw(leaderboard, rows);
        var height = Margins + BarHeight * Math.Max(rows.Count, 3);
        if (IsSvg(file))
            plot.SaveSvg(file, Width, height);
        else
            plot.SavePng(file, Width, height);
    }

    private static Plot Draw(Leaderboard leaderboard, IReadOnlyList<(string Model, Estimate Score)> rows)
    {
        var single = leaderboard.Single is not null;
        var plot = new Plot();
        for (var index = 0; index < rows.Count; index++)
            AddRow(plot, rows[index].Score, Place(index), single ? "0.00" : "0.0");
        plot.Axes.Left.TickGenerator = new NumericManual([.. rows.Select((row, index) => new Tick(Place(index), SafeText.Clean(row.Model)))]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.HideGrid();
        // Wide enough for the label behind the longest interval.
        plot.Axes.SetLimits(0, single ? 11 : 110, rows.Count == 0 ? 0 : Place(rows.Count - 1) - 0.7, 0.7);
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. Enumerable.Range(0, 11).Select(step => step * (single ? 1.0 : 10.0)).Select(at => new Tick(at, $"{at:0}"))]);
        plot.XLabel(single ? "mean rating" : $"win rate against {SafeText.Clean(leaderboard.Pairwise!.Baseline ?? "the baseline")}, %");
        if (PlainFonts.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains) is { } font)
            plot.Font.Set(font);
        plot.Title(SafeText.Clean(leaderboard.Benchmark));
        return plot;

        static double Place(int index) => -index;
    }

    private static void AddRow(Plot plot, Estimate score, double place, string format)
    {
        var value = score.Value!.Value;
        var bar = plot.Add.Bar(new Bar { Position = place, Value = value, FillColor = Color.FromHex("#2f6fde"), LineWidth = 0, Size = 0.7, Orientation = Orientation.Horizontal });
        bar.Horizontal = true;
        if (score is { Lower: { } lower, Upper: { } upper })
        {
            var interval = new ErrorBar([value], [place], [value - lower], [upper - value], null, null) { CapSize = 4, Color = Colors.Black };
            plot.Add.Plottable(interval);
        }

        var label = plot.Add.Text(value.ToString(format, CultureInfo.InvariantCulture), score.Upper ?? value, place);
        (label.Alignment, label.OffsetX, label.LabelFontSize) = (Alignment.MiddleLeft, 6, 11);
    }

    private static bool IsSvg(string file) => Ends(file, ".svg");

    private static bool Ends(string file, string extension) => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
