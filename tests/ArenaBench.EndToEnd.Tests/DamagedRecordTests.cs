using System.Text;
using System.Text.Json;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Testing;
using Azure.Storage.Blobs;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>Records that somebody edited by hand: each is named and left out, and the run ends all the same.</summary>
public sealed class DamagedRecordTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EditedCanonicalLines_AreNamed_AndTheirWorkIsDoneAgain()
    {
        await using var run = await HeldRun.StartAsync(await azurite.ConnectionStringOrSkipAsync(), 0, questions: 6, parallel: 4, Cancel);
        await run.Http.RunToEndAsync("id: first\nbenchmark: small\nmodels: [sim-strong]\n", Cancel);
        var answers = CanonicalFile.Answers(SmallBenchmark.Name, "sim-strong");
        var judgments = CanonicalFile.Judgments(SmallBenchmark.Name, "sim-judge", "sim-strong");
        await EditAsync(run.Store, answers.Path, (0, _ => """{"question_id":"q0000","model_id":"sim-strong"}"""), (1, line => line[..(line.Length / 2)]));
        await EditAsync(run.Store, judgments.Path, (2, _ => """{"question_id":"q0002","judge":7}"""));

        var ended = await run.Http.RunToEndAsync("id: second\nbenchmark: small\nmodels: [sim-strong]\n", Cancel);

        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
        var damaged = await DamagedAsync(run.Store, "second");
        Assert.Contains(damaged, named => named.StartsWith($"{answers.Path}, question q0000: ", StringComparison.Ordinal));
        Assert.Contains($"{answers.Path}:2", damaged);
        Assert.Contains(damaged, named => named.StartsWith($"{judgments.Path}, question q0002: ", StringComparison.Ordinal));
        // Two answers with their verdicts, and one verdict.
        Assert.Equal(12 + 5, run.Models.Counters.Paid);
        Assert.Equal(await run.Http.GetByteArrayAsync("api/runs/first/leaderboard", Cancel), await run.Http.GetByteArrayAsync("api/runs/second/leaderboard", Cancel));
    }

    [Fact]
    public async Task EditedPartLines_AreNamed_AndLeftOutOfTheLeaderboard()
    {
        await using var run = await HeldRun.StartAsync(await azurite.ConnectionStringOrSkipAsync(), 300, questions: 6, parallel: 2, Cancel);
        using (await run.Http.PostRunAsync("id: held\nbenchmark: small\nmodels: [sim-strong]\n", Cancel))
        {
        }

        await run.UntilAsync(() => run.Models.Counters.Answered >= 2);
        await run.SteerAsync("suspend", byApi: true);
        await run.QuietAsync();
        var part = await run.Store.Files.ListAsync("runs/held/parts/", Cancel).FirstAsync(Cancel);
        await EditPartAsync(run, part, text => text.Replace("\"choices\":", "\"chaices\":", StringComparison.Ordinal));
        await run.RestartAsync();
        await run.SteerAsync("resume", byApi: true);

        var ended = await run.FollowAsync();

        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
        Assert.Contains(await DamagedAsync(run.Store, "held"), named =>
            named.StartsWith("runs/held/parts, the answer of sim-strong, question q", StringComparison.Ordinal));
        Assert.Contains("sim-strong", await run.Http.GetStringAsync("api/runs/held/leaderboard", Cancel), StringComparison.Ordinal);
        var pages = new List<string>();
        for (var question = 0; question < 6; question++)
            pages.Add(await run.Http.GetStringAsync($"api/view/runs/held/questions/{question}?of=sim-strong", Cancel));
        Assert.Contains(pages, page => page.Contains("This record is damaged and was left out: choices is missing", StringComparison.Ordinal));
        var published = await run.Store.Canonical.ReadAsync(CanonicalFile.Answers(SmallBenchmark.Name, "sim-strong"), Cancel);
        Assert.All(published.Lines.Values, line => Assert.True(line.Record.TryGetProperty("choices", out _)));
    }

    private static async Task EditAsync(ArenaContainer store, string path, params (int Line, Func<string, string> Edit)[] edits)
    {
        var lines = (await store.Files.ReadAsync(path, Cancel))!.Content.ToString().Split('\n');
        foreach (var (line, edit) in edits)
            lines[line] = edit(lines[line]);
        await store.Files.WriteAsync(path, BinaryData.FromString(string.Join('\n', lines)), null, Cancel);
    }

    /// <summary>As a hand would: the blob is written anew.</summary>
    private async Task EditPartAsync(HeldRun run, string path, Func<string, string> edit)
    {
        var container = new BlobServiceClient(await azurite.ConnectionStringOrSkipAsync()).GetBlobContainerClient(run.Container);
        var text = (await run.Store.Files.ReadAsync(path, Cancel))!.Content.ToString();
        Assert.NotEqual(text, edit(text));
        var blob = Azure.Storage.Blobs.Specialized.SpecializedBlobExtensions.GetAppendBlobClient(container, path);
        await blob.DeleteAsync(cancellationToken: Cancel);
        await blob.CreateAsync(cancellationToken: Cancel);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(edit(text)));
        await blob.AppendBlockAsync(content, cancellationToken: Cancel);
    }

    private static async Task<IReadOnlyList<string>> DamagedAsync(ArenaContainer store, string run) =>
        [.. JsonDocument.Parse((await store.Runs.ReadAsync(run, RunFiles.Manifest, Cancel))!).RootElement.GetProperty("damaged").EnumerateArray().Select(named => named.GetString()!)];
}
