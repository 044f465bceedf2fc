using System.Text.Json;
using ArenaBench.Testing;

namespace ArenaBench.Cli.Tests;

/// <summary>A pairwise folder with everything wrong that a record can be: each named or counted, the rest scored.</summary>
public sealed class DamagedFolderTests : IDisposable
{
    private readonly TempFolder _folder = new("arena damaged");

    [Fact]
    public async Task Show_PairwiseFolder_ScoresWhatIsRightAndCountsTheRest()
    {
        Write("question.jsonl", [.. Enumerable.Range(0, 6).Select(n => $$"""{"question_id":"q{{n}}","category":"a","turns":[{"content":"What?"}]}""")]);
        Write("judge_config.yaml", "{judge_model: j, baseline_model: base, prompt_template: '{answer_1}{answer_2}'}");
        Write(
            "model_judgment/j/m.jsonl",
            Judgment("q0", """{"score":"B>A"}""", """{"score":"A>B"}"""),
            Judgment("q1", """{"score":"C>A"}""", """{"score":"A=B"}"""),
            Judgment("q2", "null", "null"),
            Judgment("q0", """{"score":"A>>B"}""", """{"score":"B>>A"}"""),
            Judgment("elsewhere", """{"score":"A>B"}""", """{"score":"A>B"}"""),
            "{broken",
            Judgment("q5", """{"score":"B<<A"}""", "null"),
            Judgment("q3", """{"score":"A>C"}""", """{"score":"A=B"}"""),
            Judgment("q4", """{"score":"A=B"}""", """{"score":"A=B"}""").Replace("\"m\"", "\"base\"", StringComparison.Ordinal),
            """{"question_id":"q4","model":"m","judge":"j","games":[{"user_prompt":"p","judgment":"x","score":"A=B"},null,{"user_prompt":"p","judgment":"x","score":"A=B"}]}""");

        var shown = await Arena.RunAsync("show", "--data", _folder.File("bench"), "--format", "json");

        Assert.True(shown.Code == ExitCodes.Ok, shown.Error);
        Assert.Contains("m.jsonl:6:", shown.Said, StringComparison.Ordinal);
        foreach (var finding in new[]
        {
            "m.jsonl:2: holds a verdict that is none of A>>B, A>B, A=B, B>A, B>>A: unscored (2 such, of which this is the first)",
            "m.jsonl:3: holds none of its two games: unscored",
            "m.jsonl:4: judges a question once more for the same model and judge: the first record counts",
            "m.jsonl:5: judges a question that the benchmark does not have: left out",
            "m.jsonl:7: holds one of its two games only: the other is unscored",
            "m.jsonl:9: compares a model with itself: left out",
            "m.jsonl:10: holds 3 games where 2 are wanted",
        })
            Assert.Contains(finding, shown.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", shown.Out, StringComparison.Ordinal);
        var board = JsonDocument.Parse(shown.Out).RootElement.GetProperty("pairwise");
        var games = board.GetProperty("rows").EnumerateArray().Single(row => row.GetProperty("model").GetString() == "m").GetProperty("games");
        // q0 counts once, as first recorded; of q1, q3, q4 and q5 one game is left, which does not count alone; q2 has none.
        Assert.Equal([12, 2, 4, 0], new[] { "expected", "scored", "dropped", "missing" }.Select(count => games.GetProperty(count).GetInt32()));
        Assert.Equal("""{"missing_game":4,"unknown_label":2}""", JsonSerializer.Serialize(games.GetProperty("unscored")));
        Assert.Contains(board.GetProperty("notes").EnumerateArray(), note => note.GetProperty("code").GetString() == "duplicates" && note.GetProperty("count").GetInt32() == 2);
        Assert.Contains(board.GetProperty("notes").EnumerateArray(), note => note.GetProperty("code").GetString() == "unknown_questions" && note.GetProperty("count").GetInt32() == 2);
        Assert.Contains(board.GetProperty("notes").EnumerateArray(), note => note.GetProperty("code").GetString() == "own_baseline");
    }

    [Fact]
    public async Task Show_NoBaselineAnywhere_SaysSo()
    {
        Write("question.jsonl", """{"question_id":"q0","category":"a","turns":[{"content":"What?"}]}""");
        Write("judge_config.yaml", "{judge_model: j, pairwise: true, prompt_template: '{answer_1}{answer_2}'}");
        Write("model_judgment/j/m.jsonl", Judgment("q0", """{"score":"B>A"}""", """{"score":"A>B"}"""));

        var shown = await Arena.RunAsync("show", "--data", _folder.File("bench"));

        Assert.True(shown.Code == ExitCodes.Ok, shown.Error);
        Assert.Contains("m.jsonl:1: names no baseline, and the configuration has none for its category: left out", shown.Said, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Judgment(string question, string first, string second) =>
        $$"""{"question_id":"{{question}}","model":"m","judge":"j","games":[{{Game(first)}},{{Game(second)}}]}""";

    private static string Game(string score) => score == "null" ? score : score.Replace("{", """{"user_prompt":"p","judgment":"x",""", StringComparison.Ordinal);

    private void Write(string path, params string[] lines)
    {
        var file = _folder.File(["bench", .. path.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, lines);
    }
}
