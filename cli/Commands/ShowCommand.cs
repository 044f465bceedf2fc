using System.CommandLine;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Cli.Commands;

internal static class ShowCommand
{
    public static Command Create()
    {
        var command = new Command("show", "Shows a leaderboard: of a run, of the last completed run, or of a plain folder with --data.");
        var run = new Argument<string?>("RUN") { Arity = ArgumentArity.ZeroOrOne, Description = "A run's id." };
        var data = new Option<string?>("--data") { Description = "A folder in the published layout; no host is needed." };
        var format = new Option<LeaderboardFormat>("--format") { Description = "table, csv, json, markdown, html or published (upstream's CSV).", DefaultValueFactory = _ => LeaderboardFormat.Table };
        var date = new Option<string?>("--date") { Description = "For --format published: what stands in its date column, instead of the run spec's date." };
        var battles = new Option<string?>("--battles") { Description = "Also write the battles that count, one JSON line a vote, to this file." };
        var chart = new Option<string?>("--chart") { Description = "Also draw a bar chart to this file: .svg or .png." };
        command.Options.Add(battles);
        command.Options.Add(chart);
        command.Arguments.Add(run);
        command.Options.Add(data);
        command.Options.Add(format);
        command.Options.Add(date);
        var options = new ShowOptions(command);
        var host = new HostOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var chosen = options.Read(parsed);
            LeaderboardQuery.Parse(chosen, LeaderboardOptions.Default);
            if (parsed.GetValue(chart) is { } name)
                LeaderboardChart.CheckName(name);
            var leaderboard = parsed.GetValue(data) is { } folder
                ? await OfFolderAsync(folder, chosen, parsed.GetValue(battles), cancellationToken)
                : await OfRunAsync(host.Read(parsed), parsed.GetValue(run), chosen, parsed.GetValue(battles), cancellationToken);
            if (leaderboard is null)
                return ExitCodes.BadInput;
            LeaderboardWriter.Write(leaderboard, parsed.GetValue(format), parsed.GetValue(date), chosen.Any(option => option.Name == "compare"));
            if (parsed.GetValue(chart) is { } picture)
                LeaderboardChart.Save(leaderboard, picture);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<Leaderboard?> OfFolderAsync(
        string folder, IReadOnlyList<(string, string)> options, string? battles, CancellationToken cancellationToken)
    {
        var problems = new ProblemLog();
        var styled = LeaderboardQuery.Parse(options, LeaderboardOptions.Default).Pairwise.Style != StyleControl.None;
        var scores = await FolderScores.ReadAsync(BenchmarkFolder.Open(folder), problems, styled, cancellationToken);
        foreach (var problem in problems.Kept)
            Terminal.Say($"left out: {problem}");
        if (problems.Count > problems.Kept.Count)
            Terminal.Say($"left out: {problems.Count - problems.Kept.Count} more lines");
        foreach (var finding in scores.Findings.All)
            Terminal.Say($"note: {finding}");
        var chosen = LeaderboardQuery.Parse(options, scores.Defaults);
        if (battles is not null)
            await File.WriteAllTextAsync(battles, scores.Builder.Battles(chosen.Pairwise), cancellationToken);
        return scores.Builder.Build(chosen);
    }

    private static async Task<Leaderboard?> OfRunAsync(
        HostChoice choice, string? run, IReadOnlyList<(string, string)> options, string? battles, CancellationToken cancellationToken)
    {
        await using var session = await HostSession.OpenAsync(choice, EmbeddedOptions.Default, cancellationToken);
        run ??= (await session.Client.ListRunsAsync(cancellationToken)).FirstOrDefault(item => item.Status == "Completed")?.Id;
        if (run is not null && battles is not null)
            await File.WriteAllTextAsync(battles, await session.Client.GetBattlesAsync(run, options, cancellationToken), cancellationToken);
        if (run is not null)
            return await session.Client.GetLeaderboardAsync(run, cancellationToken, options);
        Terminal.Error([$"No run has completed yet. Start one with: {CommandName.Current} run SPEC"]);
        return null;
    }
}
