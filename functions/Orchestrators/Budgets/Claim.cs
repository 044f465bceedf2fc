using ArenaBench.Core.Costs;
using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Orchestrators;

/// <summary>What a shard's allowance holds ready for one question.</summary>
/// <param name="budget">Null: everything is free.</param>
/// <param name="held">For calls that have not begun.</param>
internal sealed class Claim(ShardBudget? budget, ItemBound? bound, Amount held) : IDisposable
{
    private IReadOnlyList<Amount> _games = bound?.Games ?? [];
    private Amount _held = held;

    public Amount Answer => bound?.Answer ?? Amount.Zero;

    public Amount Game(int judge) => judge < _games.Count ? _games[judge] : Amount.Zero;

    /// <summary>The answer is there: what its games cost at most is known better than before.</summary>
    public void Provide(IReadOnlyList<Amount>? exact, IReadOnlyList<int> games)
    {
        if (budget is null || exact is null)
            return;
        _games = exact;
        var wanted = games.Aggregate(Amount.Zero, (sum, game) => sum + Game(game / 2));
        if (!budget.TryTake((wanted - _held).Or(Amount.Zero)))
            return;
        var surplus = (_held - wanted).Or(Amount.Zero);
        _held = wanted;
        budget.GiveBack(surplus);
    }

    /// <summary>A call that costs at most so much begins.</summary>
    public bool TryBegin(Amount most)
    {
        if (budget is null)
            return true;
        if (!budget.TryTake((most - _held).Or(Amount.Zero)))
            return false;
        _held = (_held - most).Or(Amount.Zero);
        return true;
    }

    /// <summary>It has ended.</summary>
    /// <param name="again">It will be made once more.</param>
    public void End(Amount most, Amount spent, bool again)
    {
        if (budget is null)
            return;
        var rest = most - spent;
        if (again)
            _held += rest.Or(Amount.Zero);
        budget.GiveBack(again ? rest.UpTo(Amount.Zero) : rest);
    }

    public void Dispose()
    {
        budget?.End(_held);
        _held = Amount.Zero;
    }
}
