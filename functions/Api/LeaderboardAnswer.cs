using System.Text;
using System.Text.Json;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Functions.Api;

/// <summary>The leaderboard of a run in the format and with the options that a query asks for.</summary>
internal sealed class LeaderboardAnswer(RunCatalog runs, RunScoring scoring, ArenaContainer store)
{
    private static readonly string[] Formats = ["json", "csv", "published", "battles"];

    /// <summary>What the query says beside the options of the leaderboard; <c>code</c> is the host's key.</summary>
    private static readonly string[] NoOptions = ["format", "date", "code"];

    /// <exception cref="ProblemException">An option or the format is not known.</exception>
    public async Task<IResult> ToAsync(HttpRequest request, string run, CancellationToken cancellationToken)
    {
        var format = FormatOf(request);
        var options = request.Query.Where(entry => !NoOptions.Contains(entry.Key))
            .SelectMany(entry => entry.Value.Select(value => (entry.Key, value ?? ""))).ToArray();
        var stored = options.Length > 0 ? null : await store.Runs.ReadAsync(run, StoredAs(format), cancellationToken);
        if (options.Length == 0 && stored is null)
            return Refusal.NotFound($"Run {run} has no leaderboard yet, or there is no such run. GET /api/runs/{run} tells.");
        if (stored is not null && format != "published")
            return Text(stored.ToString(), format);

        if (stored is not null)
            return Published(JsonSerializer.Deserialize<Leaderboard>(stored, JsonFiles.Options)!, request);
        if (await runs.FindLastAsync(run, cancellationToken) is not { Plan: not null } frozen)
            return Refusal.NotFound($"There is no run {run} with records. GET /api/runs lists runs.");
        LeaderboardOptions Choose(LeaderboardOptions defaults) => LeaderboardQuery.Parse(options, defaults);
        if (format == "battles")
            return Text(await scoring.BattlesAsync(frozen, Choose, cancellationToken), format);
        var leaderboard = await scoring.ScoreAsync(frozen, Choose, cancellationToken);
        return format switch
        {
            "csv" => Text(LeaderboardCsv.Write(leaderboard), format),
            "published" => Published(leaderboard, request),
            _ => Results.Json(leaderboard, JsonFiles.Options),
        };
    }

    private static string FormatOf(HttpRequest request)
    {
        if (request.Query["format"].ToString() is not { Length: > 0 } format)
            return request.Headers.Accept.ToString().Contains("text/csv", StringComparison.Ordinal) ? "csv" : "json";
        return Formats.Contains(format)
            ? format
            : throw new ProblemException(new Problem(null, null, null, $"format is \"{format}\" where one of {string.Join(", ", Formats)} is wanted{Nearest.Hint(format, Formats)}"));
    }

    private static string StoredAs(string format) => format switch
    {
        "csv" => RunFiles.LeaderboardCsv,
        "battles" => RunFiles.Battles,
        _ => RunFiles.LeaderboardJson,
    };

    private static IResult Published(Leaderboard leaderboard, HttpRequest request) => leaderboard.Pairwise is null
        ? throw new ProblemException(new Problem(null, null, null, "format is \"published\", which holds win rates; this run has ratings: take csv"))
        : Text(PublishedCsv.Write(leaderboard, request.Query["date"].ToString() is { Length: > 0 } date ? date : null), "published");

    private static IResult Text(string content, string format) => Results.Bytes(Encoding.UTF8.GetBytes(content), format switch
    {
        "battles" => "application/x-ndjson; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        _ => "text/csv; charset=utf-8",
    });
}
