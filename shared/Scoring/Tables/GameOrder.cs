namespace ArenaBench.Core.Scoring;

internal static class GameOrder
{
    /// <summary>Sorts by model, baseline, question, judge, game; of games with the same key the first one given stays.</summary>
    public static GameRow[] SortAndDropDuplicates(GameRow[] games)
    {
        var keys = new ulong[games.Length];
        var ascending = true;
        for (var i = 0; i < games.Length; i++)
        {
            keys[i] = Key(games[i]);
            ascending &= i == 0 || keys[i - 1] < keys[i];
        }

        if (ascending)
            return games;

        var order = new int[games.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(keys, order);

        var unique = new List<GameRow>(games.Length);
        for (var start = 0; start < order.Length;)
        {
            var first = order[start];
            var end = start + 1;
            for (; end < order.Length && keys[end] == keys[start]; end++)
                first = Math.Min(first, order[end]);
            unique.Add(games[first]);
            start = end;
        }

        return [.. unique];
    }

    private static ulong Key(in GameRow g) =>
        ((ulong)(ushort)g.Model << 48) | ((ulong)(ushort)g.Baseline << 36) | ((ulong)(uint)g.Question << 14)
        | ((ulong)(ushort)g.Judge << 2) | g.Game;
}
