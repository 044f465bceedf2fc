using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Models;
using ArenaBench.Core.Storage;
using ArenaBench.Functions;
using ArenaBench.LocalRuntime.Hosting;
using ArenaBench.Testing;
using Microsoft.Extensions.Logging;

namespace ArenaBench.Bench.Workflow;

/// <summary>The app on the local host in this process, over a container of its own.</summary>
/// <param name="name">Of a container that another host has filled; null: a new one.</param>
internal sealed class BenchHost(string storage, string? name = null) : IAsyncDisposable
{
    private LocalFunctionsHost? _host;
    private HttpClient? _http;

    public string Name { get; } = name ?? AzuriteFixture.NewContainerName("bench");

    public HttpClient Http => _http ?? throw new InvalidOperationException("The host was not started.");

    public ArenaContainer OpenStore() => SmallBenchmark.Open(storage, Name);

    public async Task ImportAsync(string folder, string endpoints, CancellationToken cancellationToken)
    {
        var store = OpenStore();
        var place = BenchmarkFolder.Open(folder);
        var import = await BenchmarkImport.ReadAsync(place.Tree, place.Name, place.Prefix, cancellationToken: cancellationToken);
        await new BenchmarkImporter(store).WriteAsync(import, cancellationToken);
        await store.Files.WriteAsync(EndpointsCatalog.Folder + EndpointsCatalog.DefaultFile, BinaryData.FromString(endpoints), null, cancellationToken);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _host = await LocalFunctionsHost.StartAsync(
            typeof(ArenaBenchWiring).Assembly,
            builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Error);
                builder.Configuration["AzureWebJobsStorage"] = storage;
                builder.Configuration["ArenaBench:Container"] = Name;
                builder.AddArenaBench();
            },
            new LocalHostOptions { Url = "http://127.0.0.1:0", StorageConnectionString = storage, HubName = "t" + Name.Split('-')[^1] },
            cancellationToken);
        _http = new HttpClient { BaseAddress = _host.BaseUrl, Timeout = TimeSpan.FromMinutes(10) };
    }

    /// <summary>As a restart does: activities that run may end. That a host dies is the chaos suite's.</summary>
    public async Task StopAsync()
    {
        Http.Dispose();
        await _host!.DisposeAsync();
        _host = null;
    }

    public async Task PostAsync(string spec, CancellationToken cancellationToken)
    {
        using var body = new StringContent(spec);
        using var started = await Http.PostAsync("api/runs", body, cancellationToken);
        if (!started.IsSuccessStatusCode)
            throw new InvalidOperationException($"The run was refused: {await started.Content.ReadAsStringAsync(cancellationToken)}");
    }

    public Task<JsonElement> GetAsync(string run, CancellationToken cancellationToken) =>
        Http.GetFromJsonAsync<JsonElement>($"api/runs/{run}", cancellationToken);

    /// <summary>As a caller in another process: by a thread of its own, which does not wait behind the host's work in the thread pool.</summary>
    /// <returns>The run's state, and how long the answer took.</returns>
    public Task<(JsonElement Run, TimeSpan Took)> LookAsync(string run, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"api/runs/{run}");
            var clock = Stopwatch.StartNew();
            using var answer = Http.Send(request, cancellationToken);
            var took = clock.Elapsed;
            return (JsonSerializer.Deserialize<JsonElement>(answer.EnsureSuccessStatusCode().Content.ReadAsStream(cancellationToken)), took);
        },
        cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Starts a run and follows it to its end.</summary>
    /// <param name="look">How often; null: so often that the seconds are exact, which takes its own part of the machine.</param>
    /// <returns>Seconds from the request to the leaderboard.</returns>
    public async Task<double> RunAsync(string id, string spec, CancellationToken cancellationToken, TimeSpan? look = null)
    {
        var clock = Stopwatch.StartNew();
        await PostAsync($"id: {id}\n{spec}", cancellationToken);
        while (true)
        {
            var run = await GetAsync(id, cancellationToken);
            if (run.GetProperty("status").GetString() is not ("Pending" or "Running"))
            {
                return run.GetProperty("status").GetString() == "Completed" && run.GetProperty("totals").GetProperty("failures").EnumerateObject().All(_ => false)
                    ? clock.Elapsed.TotalSeconds
                    : throw new InvalidOperationException($"The run did not end as it should: {run}");
            }

            await Task.Delay(look ?? TimeSpan.FromMilliseconds(20), cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }
}
