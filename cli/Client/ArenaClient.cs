using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Api;

namespace ArenaBench.Cli.Client;

/// <summary>The HTTP API of a host; see docs/http-api.md.</summary>
public sealed class ArenaClient(Uri host, string? key) : IDisposable
{
    private static readonly TimeSpan Upload = TimeSpan.FromMinutes(15);

    private readonly HostConnection _connection = new(host, key);

    public Uri Host => _connection.Host;

    public Task<StartedRun> StartRunAsync(string specText, CancellationToken cancellationToken) =>
        _connection.ReadAsync<StartedRun>(HttpMethod.Post, "api/runs", Yaml(specText), cancellationToken);

    /// <summary>What the run would do; nothing is started.</summary>
    public Task<DryRun> PreviewRunAsync(string specText, CancellationToken cancellationToken) =>
        _connection.ReadAsync<DryRun>(HttpMethod.Post, "api/runs", Yaml(specText), cancellationToken);

    public Task<RunView> GetRunAsync(string id, CancellationToken cancellationToken) =>
        _connection.ReadAsync<RunView>(HttpMethod.Get, Run(id), null, cancellationToken);

    public async Task<string> GetManifestAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await _connection.SendAsync(HttpMethod.Get, $"{Run(id)}/manifest", null, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    public Task<ReuseReport> ExplainRunAsync(string specText, CancellationToken cancellationToken) =>
        _connection.ReadAsync<ReuseReport>(HttpMethod.Post, "api/runs/explain", Yaml(specText), cancellationToken);

    public async Task<IReadOnlyList<RunListItem>> ListRunsAsync(CancellationToken cancellationToken) =>
        (await _connection.ReadAsync<RunList>(HttpMethod.Get, "api/runs", null, cancellationToken)).Runs;

    /// <summary>The host's own words, for programs.</summary>
    /// <param name="id">Null: all runs.</param>
    public async Task<string> GetRunsJsonAsync(string? id, CancellationToken cancellationToken)
    {
        using var response = await _connection.SendAsync(HttpMethod.Get, id is null ? "api/runs" : Run(id), null, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <param name="options">How it is computed and shown; see docs/http-api.md.</param>
    public Task<Leaderboard> GetLeaderboardAsync(
        string id, CancellationToken cancellationToken, IReadOnlyList<(string Name, string Value)>? options = null) =>
        _connection.ReadAsync<Leaderboard>(HttpMethod.Get, $"{Run(id)}/leaderboard{QueryOf(options)}", null, cancellationToken);

    /// <summary>The battles file, one JSON line a vote, of the games that such a leaderboard counts.</summary>
    public async Task<string> GetBattlesAsync(string id, IReadOnlyList<(string Name, string Value)> options, CancellationToken cancellationToken)
    {
        using var response = await _connection.SendAsync(HttpMethod.Get, $"{Run(id)}/leaderboard{QueryOf([.. options, ("format", "battles")])}", null, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <param name="query">Filter and page; see docs/http-api.md.</param>
    public Task<AnswerList> GetAnswersAsync(string id, IReadOnlyList<(string Name, string Value)> query, CancellationToken cancellationToken) =>
        _connection.ReadAsync<AnswerList>(HttpMethod.Get, $"{Run(id)}/questions{QueryOf(query)}", null, cancellationToken);

    /// <param name="question">Its number in the run, as the user wrote it.</param>
    /// <param name="query">Whose answer, and the filter of the list that it stands in.</param>
    public Task<AnswerDetail> GetAnswerAsync(
        string id, string question, IReadOnlyList<(string Name, string Value)> query, CancellationToken cancellationToken) =>
        _connection.ReadAsync<AnswerDetail>(HttpMethod.Get, $"{Run(id)}/questions/{Uri.EscapeDataString(question)}{QueryOf(query)}", null, cancellationToken);

    /// <param name="action">suspend, resume, cancel or retry.</param>
    /// <param name="body">With a retry: another budget.</param>
    public async Task ControlRunAsync(string id, string action, CancellationToken cancellationToken, string? body = null)
    {
        using var done = await _connection.SendAsync(HttpMethod.Post, $"{Run(id)}/{action}", body is null ? null : Yaml(body), cancellationToken);
    }

    /// <summary>The run's report, one HTML file.</summary>
    public async Task<string> GetReportAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await _connection.SendAsync(HttpMethod.Get, $"{Run(id)}/report", null, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>The run's pages as a folder, zipped.</summary>
    public async Task DownloadSiteAsync(string id, Stream target, CancellationToken cancellationToken)
    {
        using var response = await _connection.SendAsync(HttpMethod.Get, $"{Run(id)}/site", null, cancellationToken, Upload);
        await response.Content.CopyToAsync(target, cancellationToken);
    }

    public async Task DeleteRunAsync(string id, CancellationToken cancellationToken)
    {
        using var done = await _connection.SendAsync(HttpMethod.Delete, Run(id), null, cancellationToken);
    }

    /// <param name="olderThanDays">Delete runs that ended longer ago; null: none.</param>
    public Task<CleanView> CleanAsync(int? olderThanDays, bool dryRun, CancellationToken cancellationToken)
    {
        var query = olderThanDays is { } days ? $"&older_than_days={days.ToString(CultureInfo.InvariantCulture)}" : "";
        return _connection.ReadAsync<CleanView>(HttpMethod.Post, $"api/clean?dry_run={(dryRun ? "true" : "false")}{query}", null, cancellationToken, Upload);
    }

    public async Task<IReadOnlyList<BenchmarkItem>> ListBenchmarksAsync(CancellationToken cancellationToken) =>
        (await _connection.ReadAsync<BenchmarkList>(HttpMethod.Get, "api/benchmarks", null, cancellationToken)).Benchmarks;

    public Task<UploadedBenchmark> PutBenchmarkAsync(string name, Stream archive, CancellationToken cancellationToken)
    {
        var content = new StreamContent(archive) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };
        return _connection.ReadAsync<UploadedBenchmark>(HttpMethod.Put, Benchmark(name), content, cancellationToken, Upload);
    }

    public async Task DownloadBenchmarkAsync(string name, Stream target, CancellationToken cancellationToken)
    {
        using var response = await _connection.SendAsync(HttpMethod.Get, $"{Benchmark(name)}/archive", null, cancellationToken, Upload);
        await response.Content.CopyToAsync(target, cancellationToken);
    }

    public async Task DeleteBenchmarkAsync(string name, CancellationToken cancellationToken)
    {
        using var done = await _connection.SendAsync(HttpMethod.Delete, Benchmark(name), null, cancellationToken);
    }

    public Task<StoredConfig> PutConfigAsync(string name, string text, CancellationToken cancellationToken) =>
        _connection.ReadAsync<StoredConfig>(HttpMethod.Put, Config(name), Yaml(text), cancellationToken);

    public async Task<string> GetConfigAsync(string name, CancellationToken cancellationToken)
    {
        using var response = await _connection.SendAsync(HttpMethod.Get, Config(name), null, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    public void Dispose() => _connection.Dispose();

    private static StringContent Yaml(string text) => new(text, Encoding.UTF8, "application/yaml");

    private static string Run(string id) => $"api/runs/{Uri.EscapeDataString(id)}";

    private static string Benchmark(string name) => $"api/benchmarks/{Uri.EscapeDataString(name)}";

    private static string QueryOf(IReadOnlyList<(string Name, string Value)>? options) => options is { Count: > 0 }
        ? "?" + string.Join('&', options.Select(option => $"{Uri.EscapeDataString(option.Name)}={Uri.EscapeDataString(option.Value)}"))
        : "";

    private static string Config(string name) => $"api/config/{Uri.EscapeDataString(name)}";

    private sealed record RunList(IReadOnlyList<RunListItem> Runs);

    private sealed record BenchmarkList(IReadOnlyList<BenchmarkItem> Benchmarks);
}
