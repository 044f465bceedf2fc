using ArenaBench.Core.Scoring;

namespace ArenaBench.Functions.Viewer;

/// <summary>Intervals on one common scale. Its ends are written above it, since it does not start at zero.</summary>
internal sealed record IntervalScale(double From, double To, string Format)
{
    private const double Width = 220;
    private const double Margin = 6;

    public static IntervalScale Of(Board board)
    {
        var values = board.Rows.SelectMany(row => new[] { row.Score.Value, row.Score.Lower, row.Score.Upper }).OfType<double>().ToArray();
        if (values.Length == 0)
            return new IntervalScale(0, board.Full, board.Format);
        var step = board.Full / 20;
        var (from, to) = (Math.Floor(values.Min() / step) * step, Math.Ceiling(values.Max() / step) * step);
        return new IntervalScale(from, to > from ? to : from + step, board.Format);
    }

    public Html Ends() => Html.Of(
        $"<span class='ends'><span>{Words.Number(From, Format)}</span><span class='visually-hidden'> to </span><span>{Words.Number(To, Format)}</span></span>");

    /// <summary>For the eye only: the numbers stand beside it.</summary>
    public Html Picture(Estimate estimate)
    {
        if (estimate.Value is not { } value)
            return Html.Empty;
        var (lower, upper) = (X(estimate.Lower ?? value), X(estimate.Upper ?? value));
        return Html.Of($"""
            <svg class="interval" width="{Width}" height="16" viewBox="0 0 {Width} 16" aria-hidden="true"><path class="track" d="M{Margin} 8H{Width - Margin}"/><path class="span" d="M{lower} 8H{upper}M{lower} 4V12M{upper} 4V12"/><circle class="point" cx="{X(value)}" cy="8" r="4"/></svg>
            """);
    }

    private double X(double at) => Margin + (Width - 2 * Margin) * Math.Clamp((at - From) / (To - From), 0, 1);
}
