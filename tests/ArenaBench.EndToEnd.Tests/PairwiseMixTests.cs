using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Storage;
using ArenaBench.Testing;
using ArenaBench.Testing.Replay;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>Answering, judging and both, in any order, with several judges and baselines: nothing is paid for twice, and no verdict is
/// taken for one about another baseline.</summary>
public sealed class PairwiseMixTests(AzuriteFixture azurite)
{
    private const int Questions = 3;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnswerThenJudgeThenBoth_CallsOnlyForWhatIsNotThere()
    {
        await using var models = await ScriptedEndpoint.StartAsync(Reply, Cancelled);
        await using var app = await StartAsync(models);
        using var folder = new TempFolder("pairwise mix");
        WriteBench(folder);
        await app.ImportAsync(folder.File("bench"), Cancelled);

        // The baseline is answered with the models that need it, not before.
        await RunAsync(app, "id: answers\nbenchmark: bench\nwhat: answer\nmodels: [a]\n");
        Assert.Equal([("a", 3)], Calls(models));
        await RunAsync(app, "id: early\nbenchmark: bench\nwhat: both\nmodels: [a]\njudges: [j1]\n");
        Assert.Equal([("a", 3), ("base", 3), ("j1", 6)], Calls(models));
        await RunAsync(app, "id: judged\nbenchmark: bench\nwhat: judge\nmodels: [a]\njudges: [j1, j2]\n");
        Assert.Equal([("a", 3), ("base", 3), ("j1", 6), ("j2", 6)], Calls(models));
        await RunAsync(app, "id: all\nbenchmark: bench\nwhat: both\nmodels: [a, b]\njudges: [j1, j2]\ndate: 2024-07-31\n");
        Assert.Equal([("a", 3), ("b", 3), ("base", 3), ("j1", 12), ("j2", 12)], Calls(models));

        var board = await app.Http.GetFromJsonAsync<JsonElement>("api/runs/all/leaderboard", Cancelled);
        Assert.Equal(["j1", "j2"], board.GetProperty("by_judge").EnumerateArray().Select(part => part.GetProperty("judge").GetString()));
        Assert.Equal(12, Assert.Single(board.GetProperty("pairwise").GetProperty("judge_agreement").EnumerateArray()).GetProperty("games").GetInt32());

        // Style is known of answers made and of answers taken over.
        var styled = await app.Http.GetFromJsonAsync<JsonElement>("api/runs/all/leaderboard?style=length&compare=a&compare=b", Cancelled);
        Assert.All(styled.GetProperty("pairwise").GetProperty("rows").EnumerateArray(), row => Assert.Equal(0, row.GetProperty("games").GetProperty("dropped").GetInt32()));
        Assert.Equal("a", Assert.Single(styled.GetProperty("comparisons").EnumerateArray()).GetProperty("first").GetString());

        // Every format, as the run wrote it and with options.
        Assert.StartsWith("model,rank,win_rate,", await app.Http.GetStringAsync("api/runs/all/leaderboard?format=csv&rounds=10", Cancelled), StringComparison.Ordinal);
        Assert.Contains(",2024-07-31\n", await app.Http.GetStringAsync("api/runs/all/leaderboard?format=published", Cancelled), StringComparison.Ordinal);
        var battles = (await app.Http.GetStringAsync("api/runs/all/leaderboard?format=battles", Cancelled)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var unweighted = (await app.Http.GetStringAsync("api/runs/all/leaderboard?format=battles&strong_weight=1", Cancelled)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((24 + (2 * 12), 24), (battles.Length, unweighted.Length));
        using var refused = await app.Http.GetAsync("api/runs/all/leaderboard?format=cvs", Cancelled);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("did you mean csv?", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherBaseline_IsNeverTakenForTheConfigured()
    {
        await using var models = await ScriptedEndpoint.StartAsync(Reply, Cancelled);
        await using var app = await StartAsync(models);
        using var folder = new TempFolder("pairwise mix");
        WriteBench(folder, answered: ["a", "base", "other"]);
        // Imported verdicts, which name no baseline: they are about the configured one.
        Write(folder, "model_judgment/j1/a.jsonl", q => $$"""{"question_id":"{{q}}","model":"a","judge":"j1","games":[{"user_prompt":"p","judgment":"[[A>B]]","score":"A>B"},{"user_prompt":"p","judgment":"[[B>A]]","score":"B>A"}]}""");
        await app.ImportAsync(folder.File("bench"), Cancelled);

        await RunAsync(app, "id: configured\nbenchmark: bench\nwhat: judge\nmodels: [a]\njudges: [j1]\n");
        Assert.Empty(models.Sent);
        await RunAsync(app, "id: another\nbenchmark: bench\nwhat: judge\nmodels: [a]\njudges: [j1]\nbaseline: other\n");
        Assert.Equal([("j1", 6)], Calls(models));

        // What the store holds now is about the other one, and says so: here, and in a folder that it is exported to.
        var stored = await app.Store.Canonical.ReadAsync(CanonicalFile.Judgments("bench", "j1", "a"), Cancelled);
        Assert.All(stored.Lines.Values, line => Assert.Equal("other", line.Record.GetProperty("baseline").GetString()));
        File.WriteAllLines(folder.File("bench", "model_judgment", "j1", "a.jsonl"), stored.Lines.Values.Select(line => line.Record.GetRawText()));
        var scores = await FolderScores.ReadAsync(BenchmarkFolder.Open(folder.File("bench")), new ProblemLog(), cancellationToken: Cancelled);
        Assert.Equal("other", scores.Builder.Build(scores.Defaults).Pairwise!.Baseline);

        // And it is not taken for the configured one either.
        await RunAsync(app, "id: again\nbenchmark: bench\nwhat: judge\nmodels: [a]\njudges: [j1]\n");
        Assert.Equal([("j1", 12)], Calls(models));
    }

    [Fact]
    public async Task ACategoryWithoutAPrompt_IsRefusedBeforeAnythingIsPaidFor()
    {
        await using var models = await ScriptedEndpoint.StartAsync(Reply, Cancelled);
        await using var app = await StartAsync(models);
        using var folder = new TempFolder("pairwise mix");
        WriteBench(folder, judging: "system_prompt_by_category: {maths: Judge.}\n", answered: ["a", "base"]);
        await app.ImportAsync(folder.File("bench"), Cancelled);

        using var refused = await app.Http.PostRunAsync("benchmark: bench\nwhat: judge\nmodels: [a]\njudges: [j1]\n", Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("there is no judge prompt for the 3 questions of category c;", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Empty(models.Sent);
    }

    private static string Reply(SentRequest sent, int before) => !sent.Model.StartsWith('j') ? $"An answer of {sent.Model}."
        : sent.Model == "j1" ? "[[A>B]]" : "[[B>>A]]";

    private static IEnumerable<(string, int)> Calls(ScriptedEndpoint models) =>
        models.Sent.GroupBy(sent => sent.Model).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Count()));

    private async Task<EmbeddedApp> StartAsync(ScriptedEndpoint models)
    {
        var app = await EmbeddedApp.StartAsync(await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("mix"), Cancelled);
        await app.PutEndpointsAsync(string.Concat(new[] { "a", "b", "base", "other", "j1", "j2" }.Select(name => $"{name}: {{endpoints: [{{api_base: '{models.BaseUrl}'}}]}}\n")), Cancelled);
        return app;
    }

    private static async Task RunAsync(EmbeddedApp app, string spec)
    {
        var ended = await app.Http.RunToEndAsync(spec, Cancelled);
        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
    }

    private static void WriteBench(TempFolder folder, string judging = "", params IReadOnlyList<string> answered)
    {
        Write(folder, "question.jsonl", q => $$"""{"question_id":"{{q}}","category":"c","turns":[{"content":"What is {{q}}?"}]}""");
        foreach (var model in answered)
            Write(folder, $"model_answer/{model}.jsonl", q => $$"""{"question_id":"{{q}}","answer_id":"i","model_id":"{{model}}","choices":[{"index":0,"turns":[{"content":"That."}]}]}""");
        File.WriteAllText(folder.File("bench", "judge_config.yaml"), "judge_model: j1\nbaseline_model: base\nprompt_template: '{question_1} {answer_1} {answer_2}'\n" + judging);
    }

    private static void Write(TempFolder folder, string path, Func<string, string> line)
    {
        var file = folder.File(["bench", .. path.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, Enumerable.Range(0, Questions).Select(number => line($"q{number}")));
    }
}
