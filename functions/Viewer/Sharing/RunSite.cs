using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Browsing;

namespace ArenaBench.Functions.Viewer;

/// <summary>Packs a run's pages as files: the leaderboard, the lists of questions, every answer with its judgments. They are the pages
/// that the app serves, with other links. Pages are written one after the other, so memory holds a few of them.</summary>
public sealed class RunSite(ArenaContainer store, RunRows rows)
{
    /// <summary>Rows of one page at most, beyond which each model's list stands alone.</summary>
    internal const int LongestList = 5_000;

    private const int Ahead = 8;

    /// <param name="leaderboard">As the run wrote it: JSON and CSV.</param>
    internal async Task PackAsync(FrozenRun run, (BinaryData Json, BinaryData? Csv) leaderboard, Stream target, CancellationToken cancellationToken)
    {
        await using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        var folder = new Folder(zip, run.Spec.Run);
        foreach (var file in ViewerAssets.Names.Where(file => file != ViewerAssets.Script).Order(StringComparer.Ordinal))
            await folder.AddAsync($"{SiteFiles.Assets}/{file}", ViewerAssets.ContentOf(file), cancellationToken);
        await folder.AddAsync(SiteFiles.LeaderboardJson, leaderboard.Json, cancellationToken);
        if (leaderboard.Csv is { } csv)
            await folder.AddAsync(SiteFiles.LeaderboardCsv, csv, cancellationToken);

        var top = SiteLinks.AtTop(run);
        var board = JsonSerializer.Deserialize<Leaderboard>(leaderboard.Json, JsonFiles.Options)!;
        await folder.AddPageAsync(top, SiteFiles.Index, LeaderboardPage.Write(top, run, board, isFinal: true), cancellationToken);
        var all = await rows.CollectAsync(run, cancellationToken);
        var list = all.Count > LongestList ? QuestionsPage.WriteModels(top, run, all) : QuestionsPage.Write(top, run, Filter(null), Filter(null).Apply(run, all), all);
        await folder.AddPageAsync(top, SiteFiles.Questions, list, cancellationToken);
        foreach (var model in run.Spec.AnsweringModels)
            await AddModelAsync(folder, run, model.Name, all, cancellationToken);
        await folder.AddAsync(SiteFiles.Mark, JsonSerializer.SerializeToUtf8Bytes(
            new SiteMark(SiteMark.CurrentSchema, run.Spec.Run, run.Spec.Attempt, run.Spec.Benchmark, folder.Pages), JsonFiles.Indented), cancellationToken);
    }

    /// <summary>Previous and next lead through the questions of one model; its neighbours on the same question are linked beside.</summary>
    private async Task AddModelAsync(Folder folder, FrozenRun run, string model, IReadOnlyList<QuestionRow> all, CancellationToken cancellationToken)
    {
        var links = SiteLinks.OfModel(run);
        var filter = Filter(model);
        var listed = filter.Apply(run, all);
        await folder.AddPageAsync(links, links.Questions(run.Spec.Run, ("model", model)), QuestionsPage.Write(links, run, filter, listed, listed), cancellationToken);
        var places = listed.Index().ToDictionary(entry => entry.Item.Question, entry => entry.Index);
        var ahead = new Queue<(string Address, Task<Page> Page)>();
        // Those without any record too: other models' pages link to them.
        for (var question = 0; question < run.Questions.Count; question++)
        {
            ahead.Enqueue((links.Question(run.Spec.Run, question, ("of", model)), WriteAsync(question)));
            if (ahead.Count == Ahead)
                await AddFirstAsync();
        }

        while (ahead.Count > 0)
            await AddFirstAsync();

        async Task AddFirstAsync()
        {
            var (address, page) = ahead.Dequeue();
            await folder.AddPageAsync(links, address, await page, cancellationToken);
        }

        Task<Page> WriteAsync(int question) => Task.Run(async () =>
        {
            var shown = await ShownQuestion.ReadAsync(store.Parts, run, question, run.ModelIndex(model), cancellationToken);
            var at = places.TryGetValue(question, out var place) ? ListPlace.At(listed, place) : ListPlace.Outside(listed);
            return QuestionPage.Write(links, shown, null, new Neighbours(filter, at));
        }, cancellationToken);
    }

    private static QuestionFilter Filter(string? model) => QuestionFilter.Of(name => name == "model" ? model : null);

    private sealed class Folder(ZipArchive zip, string name)
    {
        public int Pages { get; private set; }

        public Task AddPageAsync(SiteLinks links, string address, Page page, CancellationToken cancellationToken)
        {
            Pages++;
            return AddAsync(links.PlaceOf(address), Encoding.UTF8.GetBytes(Layout.Write(links, page).ToString()), cancellationToken);
        }

        public async Task AddAsync(string place, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        {
            await using var entry = await zip.CreateEntry($"{name}/{place}", CompressionLevel.Fastest).OpenAsync(cancellationToken);
            await entry.WriteAsync(content, cancellationToken);
        }
    }
}
