using System.Text.RegularExpressions;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Testing;

namespace ArenaBench.Core.Tests.Data;

/// <summary>Nothing of the published benchmarks is in ours: neither a sentence of their prompts nor a question.</summary>
public sealed partial class PublishedTextTests
{
    private static string[] PublishedOrSkip() => [PublishedData.V1OrSkip(), PublishedData.V01OrSkip(), PublishedData.V20OrSkip()];

    [Fact]
    public void JudgeConfigs_HoldNoPublishedSentence()
    {
        var published = PublishedOrSkip()
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories))
            .SelectMany(file => Sentences(File.ReadAllText(file))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Contains("Be as objective as possible", published);

        var ours = Directory.EnumerateFiles(ShippedData.File(), "*config.yaml", SearchOption.AllDirectories).ToList();
        Assert.Equal(3, ours.Count);
        Assert.All(ours, file => Assert.DoesNotContain(Sentences(File.ReadAllText(file)), published.Contains));
    }

    [Fact]
    public async Task Questions_AreNotPublishedOnes()
    {
        var published = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in PublishedOrSkip())
        {
            var benchmark = await BenchmarkFolder.Open(folder).ReadAsync(cancellationToken: TestContext.Current.CancellationToken);
            published.UnionWith(benchmark.Questions.SelectMany(q => q.Turns).SelectMany(Sentences));
        }
        Assert.True(published.Count > 3000);

        var ours = (await ShippedData.ReadAsync(ShippedData.Mini)).Questions;
        Assert.All(ours, q => Assert.DoesNotContain(q.Turns.SelectMany(Sentences), published.Contains));
    }

    /// <summary>Parts between ends of sentences or lines that are long enough to be anybody's.</summary>
    private static IEnumerable<string> Sentences(string text) =>
        End().Split(text.Replace("\\n", "\n", StringComparison.Ordinal))
            .Select(part => part.Trim(' ', '\t', '"', '\'', '-', '*')).Where(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= 5);

    [GeneratedRegex(@"[.!?:]\s|[.!?]$|\n", RegexOptions.Multiline)]
    private static partial Regex End();
}
