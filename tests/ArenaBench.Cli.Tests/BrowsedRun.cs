using System.Text.Json;
using ArenaBench.Cli.Client;
using ArenaBench.Cli.Hosting;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.Cli.Tests;

/// <summary>
/// A pairwise run over records that were imported, of which nothing was asked of any model: two models against a baseline, one with
/// a name as long as they get, with texts that try to steer a terminal.
/// </summary>
public sealed class BrowsedRun(AzuriteFixture azurite) : IAsyncDisposable
{
    public const string Run = "browsed";
    public const string Long = "organisation/extraordinarily-long-model-name-with-every-suffix-instruct-preview-2026-11-25-fp8";
    public const string Good = "good";
    public const string Hostile = "clear \u001b[2J\u001b[1;1H title \u001b]0;owned\u0007 c1 \u009b31m over \u202Ewritten\u2066 back\b\rline [red]no markup[/] 漢字漢字 \u200Bhidden";
    public const int Questions = 4;

    private const string Endpoints = "browsed.yaml";

    private readonly TempFolder _folder = new("arena browse");
    private readonly SemaphoreSlim _turn = new(1);
    private SimulatedEndpoint? _models;
    private HostSession? _session;

    /// <summary>The client of the host that has the run, both made by the first test that asks.</summary>
    internal async Task<ArenaClient> OpenAsync()
    {
        var storage = await azurite.ConnectionStringOrSkipAsync();
        await _turn.WaitAsync();
        try
        {
            if (_session is null)
                await StartAsync(storage);
            return _session!.Client;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Of a run that would make all of it anew.</summary>
    public static string Spec => $"benchmark: browsed\nendpoints: {Endpoints}\nmodels: ['{Long}', good]\njudges: [sim-judge]\nwhat: both\nstrict: true\n";

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
            await _session.DisposeAsync();
        if (_models is not null)
            await _models.DisposeAsync();
        _folder.Dispose();
        _turn.Dispose();
    }

    private async Task StartAsync(string storage)
    {
        Environment.SetEnvironmentVariable("AzureWebJobsStorage", storage);
        _models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), CancellationToken.None);
        var session = await HostSession.OpenAsync(
            new HostChoice(null, null, _folder.File("state")), EmbeddedOptions.Default with { HubName = $"t{Guid.NewGuid():n}" }, CancellationToken.None);
        _session = session;
        var host = session.Client.Host.ToString();
        Write("question.jsonl", q => new { question_id = $"q{q}", category = q == 3 ? "prose [red]" : "mathematics", turns = new[] { new { content = q == 0 ? $"What is nought? {Hostile}" : $"What is {q} good for?" } } });
        File.WriteAllText(_folder.File("browsed", "judge_config.yaml"), "{judge_model: sim-judge, baseline_model: base, prompt_template: '{answer_1}{answer_2}'}");
        foreach (var model in new[] { "base", Good, Long })
        {
            Write($"model_answer/{model[..4]}.jsonl", q => new
            {
                question_id = $"q{q}",
                answer_id = "i",
                model_id = model,
                choices = new[] { new { index = 0, turns = new[] { new { content = $"Answer {q} of {model[..4]}.\n\n    indented\n{(q == 0 ? Hostile : "Done.")}", token_len = 10 + q } } } },
            });
        }

        // The long one wins but for the last question, of which its games disagree; good loses all.
        Write("model_judgment/sim-judge/long.jsonl", q => Judgment(q, Long, "B>>A", q == 3 ? "B>A" : "A>>B"));
        Write("model_judgment/sim-judge/good.jsonl", q => Judgment(q, Good, "A>B", "B>A"));
        await OkAsync("import", _folder.File("browsed"), "--host", host);
        File.WriteAllText(_folder.File(Endpoints), string.Concat(new[] { "base", Good, Long, "sim-judge" }.Select(model => $"'{model}': {{endpoints: [{{api_base: '{_models.BaseUrl}'}}], price: {{input: 2, output: 8}}}}\n")));
        await OkAsync("config", "put", _folder.File(Endpoints), "--name", Endpoints, "--host", host);
        await OkAsync("judge", "--bench", "browsed", "--models", $"{Good},{Long}", "--judges", "sim-judge", "--endpoints", Endpoints, "--id", Run, "--host", host);
        Assert.Equal(0, _models.Counters.Calls);
    }

    private static async Task OkAsync(params string[] args)
    {
        var result = await Arena.RunAsync(args);
        Assert.True(result.Code == ExitCodes.Ok, $"arena {string.Join(' ', args)}: {result.Code}\n{result.Error}");
    }

    private static object Judgment(int question, string model, string first, string second) => new
    {
        question_id = $"q{question}",
        model,
        judge = "sim-judge",
        games = new[] { Game(first), Game(second) },
    };

    private static object Game(string score) => new { user_prompt = "p", judgment = $"I say [[{score}]]. {Hostile}", score };

    private void Write(string path, Func<int, object> line)
    {
        var file = _folder.File(["browsed", .. path.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, Enumerable.Range(0, Questions).Select(q => JsonSerializer.Serialize(line(q))));
    }
}

[CollectionDefinition(Name)]
public sealed class BrowsedRunCollection : ICollectionFixture<BrowsedRun>
{
    public const string Name = "a browsed run";
}
