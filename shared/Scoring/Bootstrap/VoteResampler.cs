namespace ArenaBench.Core.Scoring;

/// <summary>Draws as many votes as there are, with replacement, as if they were independent.</summary>
internal sealed class VoteResampler(CollapsedBattles battles, VoteList votes, long seed) : Resampler
{
    private readonly int[] _drawn = new int[battles.Rows * 3];
    private readonly int[] _perGroup = new int[battles.Groups.Length];

    public override void Draw(int round, RowWeights rows)
    {
        Array.Clear(_drawn);
        Array.Clear(_perGroup);
        var random = new RandomStream(seed, purpose: 2, round);

        // First how many votes fall to each group, then which of its votes: the same distribution as drawing from all at once, but
        // the memory touched at a time is one group's.
        foreach (var stratum in votes.Strata)
        {
            for (var i = stratum.Start; i < stratum.End; i++)
                _perGroup[votes.GroupOf(stratum.Start + random.Next(stratum.End - stratum.Start))]++;
        }

        for (var g = 0; g < _perGroup.Length; g++)
        {
            var group = votes.Group(g);
            for (var i = 0; i < _perGroup[g]; i++)
                _drawn[group[random.Next(group.Length)]]++;
        }

        for (var row = 0; row < battles.Rows; row++)
        {
            int won = _drawn[row * 3], tied = _drawn[(row * 3) + 1], lost = _drawn[(row * 3) + 2];
            rows.Weight[row] = won + tied + lost;
            rows.Score[row] = won + (0.5 * tied);
        }
    }
}
