using System.Text.Json;
using ArenaBench.Testing;

namespace ArenaBench.Cli.Tests;

/// <summary>Commands that need no host.</summary>
public sealed class OfflineCommandTests : IDisposable
{
    private readonly TempFolder _folder = new("arena cli");

    [Fact]
    public async Task Show_PublishedFolder_GivesThePublishedMeans()
    {
        var shown = await Arena.RunAsync("show", "--data", PublishedData.V1OrSkip(), "--format", "json");

        Assert.Equal(ExitCodes.Ok, shown.Code);
        var rows = JsonSerializer.Deserialize<JsonElement>(shown.Out).GetProperty("single").GetProperty("rows").EnumerateArray()
            .Select(row => (row.GetProperty("model").GetString()!, row.GetProperty("mean").GetProperty("value").GetDouble(), row.GetProperty("ratings").GetProperty("scored").GetInt32()));
        Assert.Equal(
        [
            ("gpt-4-0314", 8.548821548821548, 297),
            ("gpt-3.5-turbo", 6.759197324414716, 299),
            ("mistralai/Mixtral-8x7B-Instruct-v0.1", 6.54054054054054, 296),
            ("claude-1", 6.224832214765101, 298),
            ("claude-instant-1", 6.19, 300),
            ("Starling-LM-7B-alpha", 5.476351351351352, 296),
            ("Llama-2-70b-chat", 4.351170568561873, 299),
        ], rows);
    }

    [Theory]
    [InlineData("m:\n  api_type: opnai\n", "FILE:2:13: m.api_type is \"opnai\" where one of")]
    [InlineData("benchmark: b\nparallel: 0\nmodel: x\n", "FILE:2:11: parallel is \"0\" where a whole number from 1 to 10000 is wanted error: FILE:3:1: unknown key model; did you mean models?")]
    [InlineData("judge_model: j\nprompt_templat: x\n", "FILE:2:1: unknown key prompt_templat; did you mean prompt_template?")]
    public async Task ConfigCheck_WrongFile_SaysWhereAndWhat(string text, string said)
    {
        var file = Write("check.yaml", text);

        var result = await Arena.RunAsync("config", "check", file);

        Assert.Equal(ExitCodes.BadInput, result.Code);
        Assert.Contains($"error: {said}", result.Said.Replace(file, "FILE", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Theory]
    [InlineData("m: {model: x, endpoints: [{api_base: 'http://h/v1', api_key: '${ARENABENCH_TEST_NOT_SET}'}]}\n", "m: openai, sends model x, 1 at once; not callable here: the environment variable ARENABENCH_TEST_NOT_SET")]
    [InlineData("benchmark: b\nwhat: judge\n", "a run spec: what judge, benchmark b")]
    [InlineData("judge_model: j\npairwise: true\nbaseline_model: base\n", "judging, pairwise: two games against a baseline, dialect v0.1")]
    [InlineData("judge_model: j\nregex_patterns: ['x(A)']\nbaseline_model: base\nprompt_template: '{ANSWER_A}{ANSWER_B}'\n", "dialect v2.0")]
    [InlineData("bench_name: b\ntemperature: 0.5\nmax_tokens: 9\nnum_choices: 2\nmodel_list: [m]\n", "sent: temperature 0.5, max_tokens 9; 2 choice(s)")]
    public async Task ConfigCheck_RightFile_SaysWhatWasUnderstood(string text, string said)
    {
        var result = await Arena.RunAsync("config", "check", Write("check.yaml", text));

        Assert.True(result.Code == ExitCodes.Ok, result.Error);
        Assert.Contains(said, result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigCheck_EveryPublishedFile_IsUnderstoodUnchanged()
    {
        foreach (var (folder, file, said) in ((string, string, string)[])
        [
            (PublishedData.V01OrSkip(), "config/judge_config.yaml", "judging, pairwise: two games against a baseline, dialect v0.1"),
            (PublishedData.V01OrSkip(), "config/gen_answer_config.yaml", "an answer configuration"),
            (PublishedData.V01OrSkip(), "config/api_config.yaml", "an endpoints file: 3 models"),
            (PublishedData.V20OrSkip(), "config/arena-hard-v2.0.yaml", "baseline: hard_prompt: o3-mini-2025-01-31"),
            (PublishedData.V20OrSkip(), "config/arena-hard-v0.1.yaml", "judging, pairwise: two games against a baseline, dialect v2.0"),
            (PublishedData.V20OrSkip(), "config/gen_answer_config.yaml", "models: none named: the run has to"),
            (PublishedData.V20OrSkip(), "config/api_config.yaml", "an endpoints file: 11 models"),
            (PublishedData.V1OrSkip(), "arena-bench-v1_config.yaml", "judging, single: a rating of 1 to 10, dialect v1"),
        ])
        {
            var result = await Arena.RunAsync("config", "check", Path.Combine([folder, .. file.Split('/')]));

            Assert.True(result.Code == ExitCodes.Ok, $"{file}: {result.Error}");
            Assert.Contains(said, result.Out, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("answer")]
    [InlineData("answer", "--bench", "b", "--questions", "3")]
    [InlineData("answer", "--bench", "b", "--questions", "5:2")]
    [InlineData("answer", "--bench", "b", "--parallel", "-1")]
    [InlineData("run", "no-such-file.yaml")]
    [InlineData("import", "no-such-folder")]
    [InlineData("simulate", "--options", "no-such-file.yaml")]
    [InlineData("no-such-command")]
    public async Task BadCommandLine_IsBadInputBeforeAnyHostIsStarted(params string[] args)
    {
        var result = await Arena.RunAsync(args);

        Assert.Equal(ExitCodes.BadInput, result.Code);
        Assert.NotEmpty(result.Error);
    }

    [Theory]
    [InlineData("[suggest:2]", "ru", "run")]
    [InlineData("[suggest:2]", "br", "browse")]
    [InlineData("[suggest:8]", "show --c", "--chart")]
    [InlineData("[suggest:10]", "browse --v", "--verdict")]
    public async Task Completion_OffersCommandsAndOptions(string directive, string typed, string offered)
    {
        var result = await Arena.RunAsync(directive, typed);

        Assert.Equal(ExitCodes.Ok, result.Code);
        Assert.Contains(offered, result.Out.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task Import_DamagedLine_NamesFileAndLineAndSendsNothing()
    {
        var questions = Write(Path.Combine("bench", "question.jsonl"), """{"question_id":"q1","category":"a","turns":["What?"]}""" + "\n{broken\n");

        // Nothing listens there: had it been asked, the exit code would say so.
        var result = await Arena.RunAsync("import", Path.GetDirectoryName(questions)!, "--host", "http://127.0.0.1:1");

        Assert.Equal(ExitCodes.BadInput, result.Code);
        Assert.Contains($"question.jsonl:2", result.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_ToV01_WritesWhatShowReads()
    {
        Write(Path.Combine("bench", "question.jsonl"), """{"question_id":"q1","category":"a","turns":["What?"]}""" + "\n");
        Write(Path.Combine("bench", "model_answer", "m.jsonl"), """{"question_id":"q1","answer_id":"x","model_id":"m","choices":[{"index":0,"turns":["That."]}],"tstamp":1.5}""" + "\n");

        var result = await Arena.RunAsync("convert", _folder.File("bench"), "--to", "v0.1", "--out", _folder.File("converted"));

        Assert.True(result.Code == ExitCodes.Ok, result.Error);
        Assert.Contains("\"content\":\"That.\"", (await File.ReadAllTextAsync(_folder.File("converted", "model_answer", "m.jsonl"), TestContext.Current.CancellationToken)).Replace(": ", ":", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string name, string text)
    {
        var file = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
