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
        Write("question.jsonl", [.. Enumerable.Range(0, 5).Select(n => $$"""{"question_id":"q{{n}}","category":"a","turns":[{"content":"What?"}]}""")]);
        Write("judge_config.yaml", "{judge_model: j, baseline_model: base, prompt_template: '{answer_1}{answer_2}'}");
        Write(
            "model_judgment/j/m.jsonl",
            Judgment("q0", """{"score":"B>A"}""", """{"score":"A>B"}"""),
            Judgment("q1", """{"score":"C>A"}""", """{"score":"A=B"}"""),
            Judgment("q2", "null", "null"),
            Judgment("q0", """{"score":"A>>B"}""", """{"score":"B>>A"}"""),
            Judgment("elsewhere", """{"score":"A>B"}""", """{"score":"A>B"}"""),
            "{broken");

        var shown = await Arena.RunAsync("show", "--data", _folder.File("bench"), "--format", "json");

        Assert.True(shown.Code == ExitCodes.Ok, shown.Error);
        Assert.Contains("m.jsonl:6:", shown.Said, StringComparison.Ordinal);
        Assert.Contains("left out: 2 games of questions that the benchmark does not have", shown.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", shown.Out, StringComparison.Ordinal);
        var board = JsonDocument.Parse(shown.Out).RootElement.GetProperty("pairwise");
        var games = board.GetProperty("rows").EnumerateArray().Single(row => row.GetProperty("model").GetString() == "m").GetProperty("games");
        // q0 counts once, as first recorded; of q1 one game is left, which does not count alone; q2 has none; q3 and q4 were not judged.
        Assert.Equal([10, 2, 1, 4], new[] { "expected", "scored", "dropped", "missing" }.Select(count => games.GetProperty(count).GetInt32()));
        Assert.Equal("""{"missing_game":2,"unknown_label":1}""", JsonSerializer.Serialize(games.GetProperty("unscored")));
        Assert.Contains(board.GetProperty("notes").EnumerateArray(), note => note.GetProperty("code").GetString() == "duplicates" && note.GetProperty("count").GetInt32() == 2);
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
