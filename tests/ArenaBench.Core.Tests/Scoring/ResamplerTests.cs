using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Tests.Scoring;

public class ResamplerTests
{
    [Fact]
    public void ByQuestion_EveryQuestionIsDrawnOnceOnAverage_AsOftenAsThereAreInAll()
    {
        const int rounds = 4000;
        int[] drawn = [1, 3, 4, 8];
        var times = new double[10];
        var sums = new double[10];
        for (var round = 0; round < rounds; round++)
        {
            QuestionDraw.Into(times, drawn, seed: 1, round);
            Assert.Equal(drawn.Length, times.Sum());
            for (var q = 0; q < times.Length; q++)
                sums[q] += times[q];
        }

        // A count has variance 3/4.
        for (var q = 0; q < times.Length; q++)
            Assert.Equal(drawn.Contains(q) ? rounds : 0, sums[q], 5 * Math.Sqrt(0.75 * rounds));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ByVote_EveryVoteIsDrawnOnceOnAverage_WithinItsModelOrFromAll(bool perModel)
    {
        const int rounds = 3000;
        var battles = new PairwiseRun(RandomGames.Draw(1, models: 3, questions: 9, baselines: 2).Table(), new() { Method = PairwiseMethod.BradleyTerry }).Scope.Battles;
        var resampler = new VoteResampler(battles, new VoteList(battles, perModel), seed: 1);
        var rows = new RowWeights(battles.Rows);
        double[] weights = new double[battles.Rows], scores = new double[battles.Rows];
        var totals = new HashSet<double>[battles.Models];
        for (var m = 0; m < totals.Length; m++)
            totals[m] = [];
        for (var round = 0; round < rounds; round++)
        {
            resampler.Draw(round, rows);
            Assert.Equal(battles.Weight.Sum(), rows.Weight.Sum());
            for (var i = 0; i < rows.Weight.Length; i++)
            {
                weights[i] += rows.Weight[i];
                scores[i] += rows.Score[i];
            }

            foreach (var model in battles.Groups.GroupBy(g => g.Model))
                totals[model.Key].Add(model.Sum(g => rows.Weight[g.Start..g.End].Sum()));
        }

        for (var i = 0; i < battles.Rows; i++)
        {
            // Poisson at most: as many votes as the row has, with that variance.
            Assert.Equal(battles.Weight[i] * rounds, weights[i], 5 * Math.Sqrt(battles.Weight[i] * rounds));
            Assert.Equal(battles.Score[i] * rounds, scores[i], 5 * Math.Sqrt(battles.Score[i] * rounds));
        }

        Assert.All(totals.Where(t => t.Count > 0), t => Assert.Equal(perModel, t.Count == 1));
    }

    [Theory]
    [InlineData(2, 9)]
    [InlineData(7, 1507)]
    public void GroupOf_EveryVoteOfFewAndOfManyPages_IsTheGroupThatHoldsIt(int models, int questions)
    {
        var table = RandomGames.Draw(1, models, questions, baselines: 3).Table();
        var battles = new PairwiseRun(table, new() { Method = PairwiseMethod.BradleyTerry }).Scope.Battles;
        var votes = new VoteList(battles, perModel: true);
        var vote = 0;
        for (var group = 0; group < battles.Groups.Length; group++)
        {
            for (var i = 0; i < votes.Group(group).Length; i++)
                Assert.Equal(group, votes.GroupOf(vote++));
        }

        Assert.Equal(battles.Weight.Sum(), vote);
        // Pages hold one vote each up to 4,096 votes, several beyond.
        Assert.Equal(models == 7, vote > 2 * 4096);
    }

    [Fact]
    public void ByVote_AMethodWithoutRegression_DrawsWithinEachModel()
    {
        // A model with two votes, one won and one lost: within the model a round has two votes, so the win rate is 0, ½ or 1.
        var games = RandomGames.Draw(1, models: 3, questions: 9);
        games.Category["lone"] = "c0";
        games.Games.Add(new("lone", "lone", "b0", "j0", 1, Core.Judging.Verdict.ABetter));
        games.Games.Add(new("lone", "lone", "b0", "j0", 2, Core.Judging.Verdict.ABetter));
        var options = new PairwiseOptions { Bootstrap = new() { Unit = BootstrapUnit.Vote, Rounds = 200 } };
        Assert.Equal([0.0, 0.5, 1.0], Rates(options).Distinct().Order());
        Assert.True(Rates(options with { Method = PairwiseMethod.BradleyTerry }).Distinct().Count() > 3);

        double[] Rates(PairwiseOptions chosen)
        {
            var table = games.Table();
            var run = new PairwiseRun(table, chosen);
            run.Run(1, TestContext.Current.CancellationToken);
            return [.. run.Draws!.Score[table.Models.ToList().IndexOf("lone")]!.Where(r => !double.IsNaN(r)).Select(r => Math.Round(r, 12))];
        }
    }
}
