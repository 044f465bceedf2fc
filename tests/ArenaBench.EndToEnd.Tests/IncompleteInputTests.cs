using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Testing;
using ArenaBench.Testing.Replay;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>What is not there is recorded as such and counted; the rest is judged, and the run completes.</summary>
public sealed class IncompleteInputTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Judge_WithoutAReferenceOrAnAnswer_CountsItAndJudgesTheRest()
    {
        await using var judge = await ScriptedEndpoint.StartAsync((_, _) => "Fine. [[6]]", Cancelled);
        await using var app = await StartAsync();
        using var folder = new TempFolder("incomplete");
        Write(folder, "question.jsonl", Lines(3, n => $$"""{"question_id":"q{{n}}","category":"a","turns":["What?"]}"""));
        Write(folder, "reference_answer/r.jsonl", Lines(1, n => Answer(n, "r")));
        Write(folder, "model_answer/m.jsonl", Lines(2, n => Answer(n, "m")));
        Write(folder, "judge_config.yaml", "judge_model: judge\nreference: true\nref_model: r\nprompt_template: '{question_1} {ref_answer_1} {answer_1}'\n");
        await app.ImportAsync(folder.File("bench"), Cancelled);
        await app.PutEndpointsAsync($"judge: {{endpoints: [{{api_base: '{judge.BaseUrl}'}}]}}\n", Cancelled);

        var row = Assert.Single(await RowsAsync(app, "id: incomplete\nbenchmark: bench\nwhat: judge\nmodels: [m]\n", "single"));

        Assert.Single(judge.Sent);
        Assert.Equal("m: 3 expected, 1 scored, 1 missing_answer, 1 missing_reference", Counts(row, "ratings"));
    }

    [Fact]
    public async Task Judge_WithoutABaselinesAnswer_CountsBothGamesAndJudgesTheRest()
    {
        await using var judge = await ScriptedEndpoint.StartAsync((_, _) => "[[A>B]]", Cancelled);
        await using var app = await StartAsync();
        using var folder = new TempFolder("incomplete");
        Write(folder, "question.jsonl", Lines(3, n => $$"""{"question_id":"q{{n}}","category":"a","turns":[{"content":"What?"}]}"""));
        Write(folder, "model_answer/base.jsonl", Lines(1, n => AnswerV01(n, "base")));
        Write(folder, "model_answer/m.jsonl", Lines(2, n => AnswerV01(n, "m")));
        Write(folder, "judge_config.yaml", "judge_model: judge\nbaseline_model: base\nprompt_template: '{question_1} {answer_1} {answer_2}'\n");
        await app.ImportAsync(folder.File("bench"), Cancelled);
        await app.PutEndpointsAsync($"judge: {{endpoints: [{{api_base: '{judge.BaseUrl}'}}]}}\n", Cancelled);

        var rows = await RowsAsync(app, "id: incomplete\nbenchmark: bench\nwhat: judge\nmodels: [m, base]\n", "pairwise");

        Assert.Equal(2, judge.Sent.Count);
        Assert.Equal(
            ["base: 0 expected, 0 scored", "m: 6 expected, 2 scored, 2 missing_answer, 2 missing_baseline"],
            rows.Select(row => Counts(row, "games")).Order(StringComparer.Ordinal));
    }

    private async Task<EmbeddedApp> StartAsync() =>
        await EmbeddedApp.StartAsync(await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("incomplete"), Cancelled);

    private static async Task<List<JsonElement>> RowsAsync(EmbeddedApp app, string spec, string board)
    {
        var ended = await app.Http.RunToEndAsync(spec, Cancelled);
        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
        var shown = await app.Http.GetFromJsonAsync<JsonElement>("api/runs/incomplete/leaderboard", Cancelled);
        return [.. shown.GetProperty(board).GetProperty("rows").EnumerateArray()];
    }

    private static string Counts(JsonElement row, string field)
    {
        var counts = row.GetProperty(field);
        return $"{row.GetProperty("model")}: {counts.GetProperty("expected")} expected, {counts.GetProperty("scored")} scored"
            + string.Concat(counts.GetProperty("unscored").EnumerateObject().Select(reason => $", {reason.Value} {reason.Name}"));
    }

    private static string Answer(int question, string model) => $$"""{"question_id":"q{{question}}","answer_id":"i","model_id":"{{model}}","choices":[{"index":0,"turns":["That."]}]}""";

    private static string AnswerV01(int question, string model) => Answer(question, model).Replace("[\"That.\"]", "[{\"content\":\"That.\"}]", StringComparison.Ordinal);

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(n => line(n) + "\n"));

    private static void Write(TempFolder folder, string path, string text)
    {
        var file = folder.File(["bench", .. path.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
