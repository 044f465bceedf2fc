using System.Text.Json;
using ArenaBench.Simulation;
using ArenaBench.Testing;
using Microsoft.ML.Tokenizers;

namespace ArenaBench.Local.Tests.Simulation;

public sealed class TokenCountTests
{
    private static readonly Tokenizer O200k = TiktokenTokenizer.CreateForModel("gpt-4o");

    [Fact]
    public void Of_PublishedAnswers_IsWithinFivePercentInTotal()
    {
        var data = PublishedData.V1OrSkip();
        var texts = new[] { "gpt-4-0314", "claude-1", "Llama-2-70b-chat" }
            .SelectMany(model => File.ReadLines(Path.Combine(data, "model_answer", model + ".jsonl")))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("choices")[0].GetProperty("turns")[0].GetString()!)
            .ToList();
        AssertClose(texts, 0.05);
    }

    [Fact]
    public async Task Of_SimulatedTexts_IsWithinTenPercentInTotal()
    {
        await using var endpoint = await SimulatedEndpoint.StartAsync(new SimulationOptions(), TestContext.Current.CancellationToken);
        using var client = new SimulationClient(endpoint);
        var texts = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            texts.Add(Prompts.Question(i));
            texts.Add(await client.AskAsync("sim-good", texts[^1]));
        }
        AssertClose(texts, 0.1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Cut_KeepsNoMoreThanAsked(int tokens)
    {
        const string Text = "The quick brown fox — it jumps 😀 over 12 lazy dogs.";
        var cut = TokenCount.Cut(Text, tokens);
        Assert.StartsWith(cut, Text, StringComparison.Ordinal);
        Assert.True(TokenCount.Of(cut) <= tokens);
    }

    private static void AssertClose(List<string> texts, double tolerance)
    {
        var (expected, actual) = (texts.Sum(t => O200k.CountTokens(t)), texts.Sum(t => TokenCount.Of(t)));
        Assert.True(Math.Abs((double)actual / expected - 1) <= tolerance, $"{actual} estimated, {expected} counted");
    }
}
