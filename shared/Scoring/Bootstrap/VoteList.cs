namespace ArenaBench.Core.Scoring;

/// <summary>Every vote of the rows by number: votes of a row are neighbours, and so are rows of a group and groups of a model.</summary>
internal sealed class VoteList
{
    private const int Pages = 4096;

    private readonly int[] _cell;
    private readonly int[] _start;
    private readonly int[] _firstGroup;
    private readonly int _pageBits;

    /// <param name="perModel">Resample within each model, as v2.0 does without style control; else all votes together.</param>
    public VoteList(CollapsedBattles battles, bool perModel)
    {
        var cells = new List<int>();
        var strata = new List<(int Start, int End)>();
        _start = new int[battles.Groups.Length + 1];
        for (var g = 0; g < battles.Groups.Length; g++)
        {
            var group = battles.Groups[g];
            _start[g] = cells.Count;
            for (var row = group.Start; row < group.End; row++)
            {
                Add(row, 0, battles.Won[row]);
                Add(row, 1, battles.Tied[row]);
                Add(row, 2, battles.Lost[row]);
            }

            if (g == 0 || (perModel && battles.Groups[g - 1].Model != group.Model))
                strata.Add((_start[g], cells.Count));
            else
                strata[^1] = (strata[^1].Start, cells.Count);
        }

        _start[^1] = cells.Count;
        _cell = [.. cells];
        Strata = [.. strata];

        while (_cell.Length >> _pageBits > Pages)
            _pageBits++;
        _firstGroup = new int[(_cell.Length >> _pageBits) + 1];
        for (int page = 0, g = 0; page < _firstGroup.Length; page++)
        {
            while (g + 1 < battles.Groups.Length && _start[g + 1] <= page << _pageBits)
                g++;
            _firstGroup[page] = g;
        }

        void Add(int row, int outcome, double count)
        {
            for (var i = 0; i < count; i++)
                cells.Add((row * 3) + outcome);
        }
    }

    /// <summary>Ranges of votes that are resampled among themselves.</summary>
    public (int Start, int End)[] Strata { get; }

    /// <summary>The votes of a group, each as three times its row, plus 0 for won, 1 for tied, 2 for lost.</summary>
    public ReadOnlySpan<int> Group(int group) => _cell.AsSpan(_start[group], _start[group + 1] - _start[group]);

    public int GroupOf(int vote)
    {
        var group = _firstGroup[vote >> _pageBits];
        while (_start[group + 1] <= vote)
            group++;
        return group;
    }
}
