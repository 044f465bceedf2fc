using ArenaBench.Core.Costs;

namespace ArenaBench.Functions.Orchestrators;

/// <summary>A model's allowance, handed to its shards: to each as it starts, its share of what is left then; what it does not use comes
/// back. Deterministic.</summary>
/// <param name="places">Shards running at once.</param>
/// <param name="shards">To come.</param>
internal sealed class Purse(Amount allowance, int places, int shards)
{
    /// <summary>A shard keeps less than it needs for one question when it ends; with few large allowances little is left over.</summary>
    private const int LeastQuestions = 8;

    private Amount _left = allowance;
    private int _free = places;
    private int _toCome = shards;

    /// <param name="needs">The least that is of use; zero: not known yet.</param>
    /// <returns>Zero where that is not there.</returns>
    public Amount Take(Amount needs)
    {
        var left = _left.Or(Amount.Zero);
        var share = left.Share(1m / Math.Max(1, Math.Min(_free, _toCome)));
        var granted = share.Or(needs * LeastQuestions).UpTo(left);
        if (!needs.FitsIn(granted))
            granted = Amount.Zero;
        _left -= granted;
        _free--;
        _toCome--;
        return granted;
    }

    public void Return(Amount granted, Amount spent)
    {
        _left += granted - spent;
        _free++;
    }
}
