using System.Globalization;
using System.Text.RegularExpressions;
using ArenaBench.Simulation;

namespace ArenaBench.Local.Tests.Simulation;

/// <summary>A benchmark of sixty questions must find the order in which the models are good.</summary>
public sealed partial class StrengthOrderTests
{
    private const int Questions = 60;
    private static readonly string[] BestFirst = ["sim-strong", "sim-thinker", "sim-good", "sim-fair", "sim-weak", "sim-poor"];

    [Theory]
    [InlineData(42, "sim-judge")]
    [InlineData(42, "sim-judge-2")]
    [InlineData(1, "sim-judge")]
    [InlineData(2, "sim-judge-2")]
    public async Task SingleRatings_MeansAreInTheTrueOrder(long seed, string judge)
    {
        await using var endpoint = await SimulatedEndpoint.StartAsync(new SimulationOptions { Seed = seed }, TestContext.Current.CancellationToken);
        using var client = new SimulationClient(endpoint);
        var means = await Task.WhenAll(BestFirst.Select(async model =>
        {
            var sum = 0.0;
            for (var i = 0; i < Questions; i++)
            {
                var question = Prompts.Question(i);
                var answer = await client.AskAsync(model, question);
                var judgment = await client.AskAsync(judge, Prompts.Rate(question, answer), Prompts.RateSystem);
                sum += double.Parse(Rating().Match(judgment).Groups[1].Value, CultureInfo.InvariantCulture);
            }
            return sum / Questions;
        }));
        Assert.Equal(means.OrderDescending(), means);
        // Good and bad are far apart, and none is at an end of the scale: there is something to see.
        Assert.InRange(means[0] - means[^1], 3, 8.5);
        Assert.InRange(means[^1], 1.05, 4);
    }

    [Theory]
    [InlineData(42, "sim-judge")]
    [InlineData(3, "sim-judge-2")]
    public async Task PairwiseAgainstFair_WinRatesAreInTheTrueOrder(long seed, string judge)
    {
        await using var endpoint = await SimulatedEndpoint.StartAsync(new SimulationOptions { Seed = seed }, TestContext.Current.CancellationToken);
        using var client = new SimulationClient(endpoint);
        var rates = await Task.WhenAll(BestFirst.Where(model => model != "sim-fair").Select(async model =>
        {
            var won = 0.0;
            for (var i = 0; i < Questions; i++)
            {
                var question = Prompts.Question(i);
                var (own, baseline) = (await client.AskAsync(model, question), await client.AskAsync("sim-fair", question));
                won += 1 - FirstWins(await client.AskAsync(judge, Prompts.Compare(question, baseline, own), Prompts.CompareSystem));
                won += FirstWins(await client.AskAsync(judge, Prompts.Compare(question, own, baseline), Prompts.CompareSystem));
            }
            return won / (2 * Questions);
        }));
        Assert.Equal(rates.OrderDescending(), rates);
        Assert.True(rates[2] > 0.5 && rates[3] < 0.5, string.Join(", ", rates));
        Assert.InRange(rates[0], 0.8, 0.999);
    }

    private static double FirstWins(string judgment) => Verdict().Match(judgment).Groups[1].Value switch
    {
        "A>>B" or "A>B" => 1,
        "A=B" => 0.5,
        "B>A" or "B>>A" => 0,
        var other => throw new InvalidOperationException($"No verdict: {other}"),
    };

    [GeneratedRegex(@"\[\[(\d+)\]\]")]
    private static partial Regex Rating();

    [GeneratedRegex(@"\[\[([AB<>=]+)\]\]")]
    private static partial Regex Verdict();
}
