using ArenaBench.Core.Costs;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Orchestrators;

namespace ArenaBench.Functions.Tests.Orchestrators;

/// <summary>The arithmetic of allowances, on made-up shards whose calls end in any order, fail, are lost and cost anything up to their bound.</summary>
public sealed class ShardBudgetTests
{
    private const int Lanes = 3;

    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 400)]
    [InlineData(3, 1500)]
    public void Questions_OfAnyCost_NeverSpendMoreThanTheAllowance_AndStopOnlyWhenItIsUsedUp(int seed, int allowance)
    {
        for (var round = 0; round < 40; round++)
        {
            var random = new Random((seed * 1000) + round);
            var shard = new PlayedShard(random, allowance, questions: 20);

            shard.Run();

            Assert.InRange(shard.Spent, 0, allowance);
            Assert.InRange(shard.MostAtRisk, 0, allowance);
            if (shard.LeftOpen.Count > 0)
                Assert.True(allowance - shard.Spent < shard.LeftOpen.Max(), $"{allowance - shard.Spent} are left, which pays for any of {string.Join(", ", shard.LeftOpen)}");
            Assert.Equal(20, shard.Ended + shard.LeftOpen.Count);
        }
    }

    [Fact]
    public async Task Waiting_IsServedAsSoonAsSomethingComesBack()
    {
        var budget = new ShardBudget(Money(10));
        var first = await budget.ClaimAsync(new ItemBound(Money(8), []), []);
        var second = budget.ClaimAsync(new ItemBound(Money(5), []), []);
        Assert.False(second.IsCompleted);

        Assert.True(first!.TryBegin(first.Answer));
        first.End(first.Answer, Money(2), again: false);

        Assert.NotNull(await second);
    }

    [Fact]
    public async Task LostCall_IsMadeAgainOnlyIfItIsPaidForOnceMore()
    {
        var budget = new ShardBudget(Money(10));
        var claim = await budget.ClaimAsync(new ItemBound(Money(6), []), []);
        Assert.True(claim!.TryBegin(Money(6)));
        claim.End(Money(6), spent: Money(6), again: true);

        Assert.False(claim.TryBegin(Money(6)));
        Assert.True(claim.TryBegin(Money(4)));
    }

    [Fact]
    public async Task Answer_LongerThanProvidedFor_TakesFromWhatIsFree()
    {
        var budget = new ShardBudget(Money(10));
        var claim = await budget.ClaimAsync(new ItemBound(Money(2), [Money(3)]), [0]);
        Assert.True(claim!.TryBegin(claim.Answer));
        claim.End(claim.Answer, Money(1), again: false);

        claim.Provide([Money(9)], [0]);

        Assert.True(claim.TryBegin(claim.Game(0)));
        Assert.False(budget.ClaimAsync(new ItemBound(Money(1), []), []).IsCompleted);
    }

    [Fact]
    public async Task Tokens_BoundJustAsDollars()
    {
        var budget = new ShardBudget(Amount.Endless with { Tokens = 100 });

        Assert.NotNull(await budget.ClaimAsync(new ItemBound(new Amount(1000, 60), []), []));
        Assert.False(budget.ClaimAsync(new ItemBound(new Amount(0, 60), []), []).IsCompleted);
    }

    private static Amount Money(decimal usd) => new(usd, 0);

    /// <summary>A shard's questions, each an answer and two games, in a few lanes.</summary>
    private sealed class PlayedShard(Random random, int allowance, int questions)
    {
        private readonly ShardBudget _budget = new(Money(allowance));
        private readonly Gate _lanes = new(Lanes);
        private readonly List<TaskCompletionSource> _inFlight = [];
        private decimal _begun;

        public decimal Spent { get; private set; }

        public decimal MostAtRisk { get; private set; }

        public int Ended { get; private set; }

        public List<decimal> LeftOpen { get; } = [];

        /// <summary>On one thread, as an orchestrator does: calls end one by one, in any order.</summary>
        public void Run()
        {
            var all = Task.WhenAll(Enumerable.Range(0, questions).Select(_ => QuestionAsync()).ToArray());
            while (_inFlight.Count > 0)
            {
                var next = _inFlight[random.Next(_inFlight.Count)];
                _inFlight.Remove(next);
                next.SetResult();
            }

            Assert.True(all.IsCompletedSuccessfully, "Questions wait for ever.");
        }

        private async Task QuestionAsync()
        {
            var bound = new ItemBound(Money(random.Next(1, 20)), [Money(random.Next(1, 20))]);
            int[] games = [0, 1];
            using var claim = await _budget.ClaimAsync(bound, games);
            if (claim is null)
            {
                LeftOpen.Add(bound.Of(games).Usd);
                return;
            }

            if (!await CallAsync(claim, claim.Answer))
            {
                LeftOpen.Add(allowance + 1);
                return;
            }

            claim.Provide([Money(random.Next(1, 25))], games);
            var played = await Task.WhenAll(games.Select(_ => CallAsync(claim, claim.Game(0))));
            if (played.All(done => done))
                Ended++;
            else
                LeftOpen.Add(allowance + 1);
        }

        private async Task<bool> CallAsync(Claim claim, Amount most)
        {
            await _lanes.EnterAsync();
            for (var tries = 0; ; tries++)
            {
                if (!claim.TryBegin(most))
                {
                    _lanes.Leave();
                    return false;
                }

                _begun += most.Usd;
                MostAtRisk = Math.Max(MostAtRisk, Spent + _begun);
                var call = new TaskCompletionSource();
                _inFlight.Add(call);
                await call.Task;
                var again = tries < 2 && random.Next(5) == 0;
                var cost = again && random.Next(2) == 0 ? most.Usd : random.Next(0, (int)most.Usd + 1);
                _begun -= most.Usd;
                Spent += cost;
                claim.End(most, Money(cost), again);
                if (again)
                    continue;
                _lanes.Leave();
                return true;
            }
        }
    }
}
