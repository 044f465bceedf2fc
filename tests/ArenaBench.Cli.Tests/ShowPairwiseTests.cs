using System.Globalization;
using System.Text.Json;
using ArenaBench.Testing;

namespace ArenaBench.Cli.Tests;

/// <summary><c>arena show</c> of a pairwise folder in the published layout: what people read, and what programs do.</summary>
public sealed class ShowPairwiseTests : IDisposable
{
    private const int Questions = 40;

    private readonly TempFolder _folder = new("arena show");

    public ShowPairwiseTests()
    {
        Write("question.jsonl", q => $$"""{"question_id":"{{q}}","category":"{{(q % 2 == 0 ? "maths" : "prose")}}","turns":[{"content":"What?"}]}""");
        Write("judge_config.yaml", "{judge_model: j1, baseline_model: base, prompt_template: '{answer_1}{answer_2}'}");
        foreach (var model in new[] { "base", "good", "fair|x" })
            Write($"model_answer/{model[..4]}.jsonl", q => $$"""{"question_id":"{{q}}","answer_id":"i","model_id":"{{model}}","choices":[{"index":0,"turns":[{"content":"{{string.Concat(Enumerable.Repeat("# so\\n", 1 + (q * model.Length % 7)))}}","token_len":{{10 + q}}}]}]}""");
        foreach (var judge in new[] { "j1", "j2" })
        {
            // Judge j2 likes the answer shown first; good wins all but a few, fair wins half.
            Write($"model_judgment/{judge}/good.jsonl", q => Judgment(q, "good", judge, q % 9 == 0 ? "A>B" : "B>>A", judge == "j2" || q % 9 != 0 ? "A>B" : "B>A"));
            Write($"model_judgment/{judge}/fair.jsonl", q => Judgment(q, "fair|x", judge, q % 2 == 0 ? "A>B" : "B>A", judge == "j2" || q % 2 != 0 ? "A>B" : "B>A"));
        }
    }

    [Fact]
    public async Task Table_ShowsPartsJudgesStyleAndFit()
    {
        var shown = await ShowAsync("--style", "both", "--confidence", "0.9");

        foreach (var expected in new[]
        {
            "90% interval", "by category", "maths", "prose", "by judge", "base (baseline)", "320",
            "style control: header", "fit: optimum reached in", "largest component of the gradient",
            "judge j1: prefers the same answer in 100.0% of 80 pairs", "judge j2: prefers the same answer in 68.8% of 80 pairs", "a position bias", "judges j1 and j2: say the same of", "kappa",
        })
            Assert.Contains(expected, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_EscapesNames_AndNamesTheConfidence()
    {
        var shown = await ShowAsync("--format", "markdown", "--confidence", "0.8");

        Assert.Contains("| # | model | win rate | 80% interval | games | unscored | missing | tokens |", shown, StringComparison.Ordinal);
        Assert.Contains("fair\\|x", shown, StringComparison.Ordinal);
        Assert.Contains("| by judge | j1 | j2 |", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_ShowsPartsAndRemarks()
    {
        var shown = await ShowAsync("--format", "html", "--confidence", "0.8");

        Assert.Contains("<th>80% interval</th>", shown, StringComparison.Ordinal);
        Assert.Contains("<h2>by category</h2>", shown, StringComparison.Ordinal);
        Assert.Contains("<li>judge j2:", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_CarriesEverythingUnrounded()
    {
        var shown = JsonDocument.Parse(await ShowAsync("--format", "json", "--style", "both", "--seed", "7", "--rounds", "200")).RootElement;
        var board = shown.GetProperty("pairwise");
        var bootstrap = board.GetProperty("options").GetProperty("bootstrap");
        Assert.Equal(("question", 200, 7), (bootstrap.GetProperty("unit").GetString(), bootstrap.GetProperty("rounds").GetInt32(), bootstrap.GetProperty("seed").GetInt32()));
        Assert.Equal("v01", board.GetProperty("options").GetProperty("style_features").GetString());
        Assert.InRange(board.GetProperty("fit").GetProperty("gradient_norm").GetDouble(), 0, 1e-9);
        Assert.Equal(4, board.GetProperty("style").GetArrayLength());

        // More digits than anybody would print, and the same number as in the CSV.
        var row = board.GetProperty("rows")[0];
        var rate = row.GetProperty("win_rate").GetProperty("value").GetRawText();
        Assert.True(rate.Length > 12, rate);
        var csv = await ShowAsync("--format", "csv", "--style", "both", "--seed", "7", "--rounds", "200");
        Assert.Contains($",{double.Parse(rate, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)},", csv, StringComparison.Ordinal);
        foreach (var count in new[] { "expected", "scored", "unscored", "missing", "dropped", "questions" })
            Assert.True(row.GetProperty("games").TryGetProperty(count, out _), count);
    }

    [Fact]
    public async Task Tokens_AreAveragedWithoutMetadata_AndStyleIsCountedWhenItIsControlled()
    {
        var plain = JsonDocument.Parse(await ShowAsync("--format", "json")).RootElement.GetProperty("pairwise");
        Assert.All(plain.GetProperty("rows").EnumerateArray(), row => Assert.Equal(10 + ((Questions - 1) / 2.0), row.GetProperty("average_tokens").GetDouble()));

        var styled = JsonDocument.Parse(await ShowAsync("--format", "json", "--style", "markdown")).RootElement.GetProperty("pairwise");
        Assert.DoesNotContain(styled.GetProperty("notes").EnumerateArray(), note => note.GetProperty("code").GetString() == "no_style");
        Assert.True(styled.GetProperty("style")[0].GetProperty("deviation").GetDouble() > 0);
    }

    [Fact]
    public async Task Compare_SaysWhetherOneModelIsBetter()
    {
        var shown = await ShowAsync("--compare", "good", "fair|x");
        Assert.Contains("good is better than fair|x: good leads by", shown, StringComparison.Ordinal);
        Assert.Contains("paired by question).", shown, StringComparison.Ordinal);

        var refused = await Arena.RunAsync("show", "--data", _folder.File("bench"), "--compare", "god");
        Assert.Equal(ExitCodes.BadInput, refused.Code);
        Assert.Contains("compare names god, which has no score on this leaderboard; did you mean good?", refused.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Battles_FollowTheOptions()
    {
        await ShowAsync("--battles", _folder.File("battles.jsonl"), "--judge", "j1", "--strong-weight", "1");
        Assert.Equal(2 * 2 * Questions, File.ReadLines(_folder.File("battles.jsonl")).Count());
    }

    [Theory]
    [InlineData("--style", "length")]
    [InlineData("--style", "markdown")]
    [InlineData("--method", "bradley_terry")]
    [InlineData("--preset", "v0.1")]
    [InlineData("--preset", "v2.0")]
    [InlineData("--bootstrap", "vote")]
    [InlineData("--first-game", "true")]
    [InlineData("--incomplete-pairs", "keep")]
    [InlineData("--style-reference", "equal_style")]
    [InlineData("--category", "maths", "prose")]
    [InlineData("--judge", "j1", "j2")]
    public async Task EveryOption_GivesALeaderboardWithoutNaN(params string[] option)
    {
        var shown = await ShowAsync([.. option, "--format", "json"]);
        Assert.DoesNotContain("NaN", shown, StringComparison.Ordinal);
        var board = JsonDocument.Parse(shown).RootElement;
        Assert.All(board.GetProperty("pairwise").GetProperty("rows").EnumerateArray(), row => Assert.True(row.GetProperty("win_rate").GetProperty("value").GetDouble() > 0));
        Assert.Equal(2, board.GetProperty("by_category").GetArrayLength());
        Assert.Equal(2, board.GetProperty("by_judge").GetArrayLength());
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> ShowAsync(params string[] options)
    {
        var shown = await Arena.RunAsync(["show", "--data", _folder.File("bench"), .. options]);
        Assert.True(shown.Code == ExitCodes.Ok, shown.Error);
        return shown.Out;
    }

    private static string Judgment(int question, string model, string judge, string first, string second) =>
        $$"""{"question_id":"{{question}}","model":"{{model}}","judge":"{{judge}}","games":[{"user_prompt":"p","judgment":"x","score":"{{first}}"},{"user_prompt":"p","judgment":"x","score":"{{second}}"}]}""";

    private void Write(string path, Func<int, string> line) => Write(path, string.Join('\n', Enumerable.Range(0, Questions).Select(line)) + "\n");

    private void Write(string path, string text)
    {
        var file = _folder.File(["bench", .. path.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
