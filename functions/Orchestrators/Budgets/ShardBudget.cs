using ArenaBench.Core.Costs;
using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Orchestrators;

/// <summary>The allowance of a shard, handed to its questions. A question begins when the most that its answer and its games may cost is
/// free, and gives back what they do not use as soon as that is known. Deterministic, and safe in an orchestrator only, as <see cref="Gate"/>.</summary>
/// <param name="allowance">Null: everything is free.</param>
internal sealed class ShardBudget(Amount? allowance)
{
    private readonly Queue<(Amount Wanted, TaskCompletionSource<bool> Turn)> _waiting = new();
    private Amount _left = allowance ?? Amount.Zero;
    private int _begun;

    /// <summary>Waits while others may still give something back.</summary>
    /// <returns>Null: what is left does not pay for it.</returns>
    public async Task<Claim?> ClaimAsync(ItemBound? bound, IReadOnlyList<int> games)
    {
        if (allowance is null || bound is null)
            return new Claim(null, bound, Amount.Zero);
        var wanted = bound.Of(games);
        if (!wanted.FitsIn(_left) || _waiting.Count > 0)
        {
            var turn = new TaskCompletionSource<bool>();
            _waiting.Enqueue((wanted, turn));
            Serve();
            return await turn.Task ? new Claim(this, bound, wanted) : null;
        }

        _left -= wanted;
        _begun++;
        return new Claim(this, bound, wanted);
    }

    internal bool TryTake(Amount amount)
    {
        if (!amount.FitsIn(_left))
            return false;
        _left -= amount;
        return true;
    }

    internal void GiveBack(Amount amount)
    {
        _left += amount;
        Serve();
    }

    internal void End(Amount held)
    {
        _begun--;
        GiveBack(held);
    }

    private void Serve()
    {
        while (_waiting.TryPeek(out var next))
        {
            var fits = next.Wanted.FitsIn(_left);
            if (!fits && _begun > 0)
                return;
            _waiting.Dequeue();
            if (fits)
            {
                _left -= next.Wanted;
                _begun++;
            }

            next.Turn.SetResult(fits);
        }
    }
}
