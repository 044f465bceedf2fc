using ArenaBench.Core.Runs;

namespace ArenaBench.Core.Tests.Runs;

public class ShardSizesTests
{
    public static TheoryData<int, int, int> Shapes()
    {
        var shapes = new TheoryData<int, int, int>();
        foreach (var questions in new[] { 1, 2, 7, 60, 300, 500, 1000, 25_000 })
        {
            foreach (var calls in new[] { 1, 2, 5, 201 })
            {
                foreach (var lanes in new[] { 1, 8, 32, 64, 500 })
                    shapes.Add(questions, calls, lanes);
            }
        }

        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void For_AnyShape_CoversEveryQuestionOnce_WithShortHistories(int questions, int calls, int lanes)
    {
        var layout = ShardSizes.For(questions, calls, lanes);

        Assert.Equal(questions, layout.Sizes.Sum());
        Assert.All(layout.Sizes, size => Assert.InRange(size, 1, Math.Max(1, ShardSizes.MaxEvents / (4 * calls))));
        Assert.InRange(layout.Window, 1, 16);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void For_AnyShape_LanesOfTheWindowCoverTheModelsLanes(int questions, int calls, int lanes)
    {
        var layout = ShardSizes.For(questions, calls, lanes);

        Assert.InRange(layout.Window * ShardSizes.LanesPerShard(lanes, layout.Window), lanes, int.MaxValue);
    }

    [Fact]
    public void For_ManyQuestions_NoTwoOfTheFirstShardsAreAlike_AndTheLastAreTheSmallest()
    {
        var (sizes, window, last) = ShardSizes.For(500, 3, 64);

        Assert.Equal(window - 1, sizes.Take(window - 1).Distinct().Count());
        Assert.Equal(sizes.Skip(window).OrderDescending(), sizes.Skip(window));
        Assert.InRange(sizes.TakeLast(window).Max(), 1, 6);
        Assert.Equal(sizes.Min(), sizes[^1]);
        Assert.InRange(sizes.TakeLast(last).Sum(), 64, 2 * 64);
    }

    [Fact]
    public void For_NoQuestions_NoShards() => Assert.Empty(ShardSizes.For(0, 2, 8).Sizes);
}
