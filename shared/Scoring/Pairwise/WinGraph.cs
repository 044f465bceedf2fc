namespace ArenaBench.Core.Scoring;

/// <summary>Who has taken votes from whom. A strength has a finite optimum exactly if its model and the anchor can reach each other
/// along victories (Ford's condition); a model that is not even connected with the anchor has no strength at all.</summary>
internal sealed class WinGraph(CollapsedBattles battles)
{
    private readonly bool[] _beats = new bool[battles.Models];
    private readonly bool[] _beaten = new bool[battles.Models];

    /// <summary>By model: connected with the anchor by games.</summary>
    public bool[] Connected { get; } = new bool[battles.Models];

    /// <summary>By model: connected, but separated from the anchor: needs a ridge.</summary>
    public bool[] Separated { get; } = new bool[battles.Models];

    /// <param name="weight">Votes by group.</param>
    /// <param name="score">Votes won by the group's model, plus half of those tied.</param>
    public void Walk(ReadOnlySpan<double> weight, ReadOnlySpan<double> score)
    {
        Array.Clear(_beats);
        Array.Clear(_beaten);
        Array.Clear(Connected);
        _beats[battles.Anchor] = _beaten[battles.Anchor] = Connected[battles.Anchor] = true;
        for (var changed = true; changed;)
        {
            changed = false;
            for (var g = 0; g < battles.Groups.Length; g++)
            {
                var (m, b) = (battles.Groups[g].Model, battles.Groups[g].Baseline);
                var won = score[g] > 0;
                var lost = weight[g] - score[g] > 0;
                changed |= weight[g] > 0 && Join(Connected, m, b, both: true);
                changed |= won && Join(_beats, b, m, both: false); // m beat b, which beats … the anchor
                changed |= lost && Join(_beats, m, b, both: false);
                changed |= won && Join(_beaten, m, b, both: false);
                changed |= lost && Join(_beaten, b, m, both: false);
            }
        }

        for (var m = 0; m < battles.Models; m++)
            Separated[m] = Connected[m] && !(_beats[m] && _beaten[m]);
    }

    private static bool Join(bool[] set, int from, int to, bool both)
    {
        if (set[from] == set[to])
            return false;
        if (!set[from] && !both)
            return false;
        set[from] = set[to] = true;
        return true;
    }
}
