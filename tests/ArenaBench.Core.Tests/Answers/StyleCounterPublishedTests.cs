using System.Text.Json;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Dialects;
using ArenaBench.Testing;

namespace ArenaBench.Core.Tests.Answers;

public class StyleCounterPublishedTests
{
    [Fact]
    public void V20_RecomputedMetadata_EqualWhatIsRecorded()
    {
        var dialect = Dialect.Get("v2.0");
        var answers = Directory.GetFiles(Path.Combine(PublishedData.V20OrSkip(), "model_answer")).SelectMany(File.ReadLines)
            .Select(line => dialect.ReadAnswer(JsonElement.Parse(line))).ToList();
        Assert.Equal(750, answers.Count);
        Assert.DoesNotContain(answers, a => a.Style is null);
        var different = answers
            .Select(a => (a.QuestionId, Recorded: Text(a.Style!), Counted: Text(StyleCounter.Count(a.Choices[0].Turns[^1].Content, TokenCounter.O200k))))
            .Where(x => x.Recorded != x.Counted);
        Assert.Empty(different);
    }

    [Fact]
    public void V01_RecomputedTokens_EqualWhatIsRecorded()
    {
        var dialect = Dialect.Get("v0.1");
        var turns = Directory.GetFiles(Path.Combine(PublishedData.V01OrSkip(), "model_answer")).SelectMany(File.ReadLines)
            .Select(line => dialect.ReadAnswer(JsonElement.Parse(line)))
            .SelectMany(a => a.Choices[0].Turns.Select(t => (a.QuestionId, a.Model, t.Content, t.TokenLen))).ToList();
        Assert.Equal(1500, turns.Count);
        Assert.DoesNotContain(turns, t => t.TokenLen is null);
        var different = turns.Select(t => (t.QuestionId, t.Model, t.TokenLen, Counted: TokenCounter.Cl100k.Count(t.Content)))
            .Where(x => x.TokenLen != x.Counted);
        Assert.Empty(different);
    }

    private static string Text(StyleMetadata style) => string.Join(' ', [$"tokens={style.TokenLen}",
        .. style.HeaderCount.Concat(style.ListCount).Concat(style.BoldCount).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}")]);
}
