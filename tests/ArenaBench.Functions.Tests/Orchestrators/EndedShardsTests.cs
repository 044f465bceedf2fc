using ArenaBench.Functions.Orchestrators;

namespace ArenaBench.Functions.Tests.Orchestrators;

public sealed class EndedShardsTests
{
    [Fact]
    public void End_WithAGap_WaitsForIt_AndThenGivesTheWholeRange()
    {
        var shards = new EndedShards(30);
        for (var shard = 1; shard < 10; shard++)
            Assert.Null(shards.End(shard, Done));
        Assert.Equal(0, shards.Purged);

        Assert.Equal(new ShardRange(0, 10), shards.End(0, Done));

        Assert.Equal((10, 10), (shards.Purged, shards.Totals.AnswersDone));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(17)]
    [InlineData(50)]
    public void End_InAnyOrder_EveryShardIsInOneRangeAtMost_AndTheLastIsLeft(int count)
    {
        var (shards, purged) = (new EndedShards(count), 0);
        var order = Enumerable.Range(0, count).ToArray();
        new Random(count).Shuffle(order);
        foreach (var shard in order)
        {
            if (shards.End(shard, Done) is not { } range)
                continue;
            Assert.Equal(purged, range.First);
            purged += range.Count;
        }

        Assert.Equal((purged, purged), (shards.Purged, shards.Totals.AnswersDone));
        Assert.True(purged < count);
    }

    private static WorkTotals Done => WorkTotals.None with { Answers = 1, AnswersDone = 1 };
}
