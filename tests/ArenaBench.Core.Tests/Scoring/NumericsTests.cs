using System.Runtime.Intrinsics;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Tests.Scoring;

public class NumericsTests
{
    [Fact]
    public void Logistic_AgreesWithExp_ToAFewUnitsInTheLastPlace()
    {
        for (var x = -40.0; x <= 40; x += 0.0137)
        {
            var expected = 1 / (1 + Math.Exp(-x));
            Assert.InRange(Math.Abs(Logistic.Of(x) - expected) / expected, 0, 9e-16);
        }
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1e6, 1)]
    [InlineData(double.MaxValue, 1)]
    public void Logistic_OfExtremes_IsDefined(double x, double expected)
    {
        Assert.Equal(expected, Logistic.Of(x));
        Assert.Equal(1 - expected, Logistic.Of(-x), 1e-200);
    }

    [Fact]
    public void Logistic_OfFourNumbers_IsThatOfEach()
    {
        var four = Logistic.Of(Vector256.Create(-3.25, 0.125, 7.5, -700));
        Assert.Equal([Logistic.Of(-3.25), Logistic.Of(0.125), Logistic.Of(7.5), Logistic.Of(-700)],
            [four[0], four[1], four[2], four[3]]);
    }

    [Fact]
    public void Log_AgreesWithThePlatform_ToAFewUnitsInTheLastPlace()
    {
        for (var x = 1e-9; x < 1e9; x *= 1.0173)
        {
            var expected = Math.Log(x);
            Assert.InRange(Math.Abs(Logistic.Log(x) - expected), 0, 5e-16 * Math.Max(Math.Abs(expected), 1e-3));
        }

        Assert.Equal(0, Logistic.Log(1));
        Assert.Equal(double.NegativeInfinity, Logistic.Log(0));
        Assert.Equal(double.PositiveInfinity, Logistic.Log(double.PositiveInfinity));
        Assert.Equal(double.NaN, Logistic.Log(-1));
    }

    [Fact]
    public void RandomStream_FromAKnownState_GivesThePublishedSequence()
    {
        var random = RandomStream.FromState(1, 2, 3, 4);
        Assert.Equal([11520UL, 0UL, 1509978240UL, 1215971899390074240UL], [random.NextBits(), random.NextBits(), random.NextBits(), random.NextBits()]);
    }

    [Fact]
    public void RandomStream_BoundedDraws_AreUniform()
    {
        var random = new RandomStream(7, 1, 0);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.Next(7)]++;

        // Chi-squared with 6 degrees of freedom: 22.5 is passed once in a thousand.
        Assert.InRange(counts.Sum(c => (c - 10_000.0) * (c - 10_000.0) / 10_000), 0, 22.5);
    }

    [Fact]
    public void RandomStream_EachSeedPurposeAndRound_HasItsOwnNumbers()
    {
        var firsts = new HashSet<ulong>();
        for (var seed = -2; seed <= 2; seed++)
        {
            for (var purpose = 0; purpose < 3; purpose++)
            {
                for (var round = 0; round < 1000; round++)
                    Assert.True(firsts.Add(new RandomStream(seed, purpose, round).NextBits()));
            }
        }
    }

    // numpy.percentile([15, 20, 35, 40, 50], ...), its default method.
    [Theory]
    [InlineData(0, 15)]
    [InlineData(0.025, 15.5)]
    [InlineData(0.4, 29)]
    [InlineData(0.5, 35)]
    [InlineData(0.975, 49)]
    [InlineData(1, 50)]
    public void Percentile_IsInterpolatedAsNumpyDoes(double share, double expected) =>
        Assert.Equal(expected, Percentiles.Of([15, 20, 35, 40, 50], share, published: true), 1e-12);

    // numpy.percentile(..., method="weibull").
    [Theory]
    [InlineData(0, 15)]
    [InlineData(0.25, 17.5)]
    [InlineData(0.4, 26)]
    [InlineData(0.5, 35)]
    [InlineData(0.75, 45)]
    [InlineData(0.975, 50)]
    public void Percentile_ByQuestion_LeavesTheShareBelow(double share, double expected) =>
        Assert.Equal(expected, Percentiles.Of([15, 20, 35, 40, 50], share), 1e-12);

    [Fact]
    public void Percentile_BetweenInfinities_IsNotNaN() =>
        Assert.Equal(double.PositiveInfinity, Percentiles.Of([1, double.PositiveInfinity, double.PositiveInfinity], 0.9));

    [Fact]
    public void Cholesky_Solves()
    {
        double[] a = [4, 0, 0, 2, 5, 0, -2, 1, 6];
        double[] b = [2, 11, 17];
        Assert.True(Cholesky.Solve(a, b, [4, 5, 6]));

        // The full matrix is [4 2 -2; 2 5 1; -2 1 6].
        Assert.Equal(2, (4 * b[0]) + (2 * b[1]) - (2 * b[2]), 1e-12);
        Assert.Equal(11, (2 * b[0]) + (5 * b[1]) + b[2], 1e-12);
        Assert.Equal(17, (-2 * b[0]) + b[1] + (6 * b[2]), 1e-12);
    }

    [Fact]
    public void Cholesky_OfASingularMatrix_Refuses()
    {
        double[] a = [1, 0, 3, 9];
        Assert.False(Cholesky.Solve(a, [1, 3], [1, 9]));
    }
}
