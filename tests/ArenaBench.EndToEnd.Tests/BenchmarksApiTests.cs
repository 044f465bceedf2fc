using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>Benchmarks over HTTP, as somebody with curl and zip has them.</summary>
public sealed class BenchmarksApiTests(AzuriteFixture azurite)
{
    private const string Question = """{"question_id":"q1","category":"a","turns":["What?"]}""" + "\n";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_ZipAndTarGz_AreListedPackedAndDeleted()
    {
        await using var app = await StartAsync();
        using var zipped = await PutAsync(app, "one", Zip(("one/question.jsonl", Question)));
        using var tarred = await PutAsync(app, "two", TarGz(("./two/question.jsonl", Question)));
        Assert.True(zipped.IsSuccessStatusCode, await zipped.Content.ReadAsStringAsync(Cancelled));
        Assert.True(tarred.IsSuccessStatusCode, await tarred.Content.ReadAsStringAsync(Cancelled));

        var list = await app.Http.GetFromJsonAsync<JsonElement>("api/benchmarks", Cancelled);
        Assert.Equal(
            [("one", "v1", 1), ("two", "v1", 1)],
            list.GetProperty("benchmarks").EnumerateArray().Select(item =>
                (item.GetProperty("name").GetString()!, item.GetProperty("dialect").GetString()!, item.GetProperty("questions").GetInt32())));

        await using var packed = new ZipArchive(new MemoryStream(await app.Http.GetByteArrayAsync("api/benchmarks/one/archive", Cancelled)));
        using var questions = new StreamReader(packed.GetEntry("one/question.jsonl")!.Open());
        Assert.Equal(Question, await questions.ReadToEndAsync(Cancelled));

        Assert.Equal(HttpStatusCode.NoContent, (await app.Http.DeleteAsync("api/benchmarks/one", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.GetAsync("api/benchmarks/one", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("api/benchmarks/two", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Put_Again_ReplacesConfigurationThatIsNoLongerThere()
    {
        await using var app = await StartAsync();
        using var first = await PutAsync(app, "one", Zip(("question.jsonl", Question), ("judge_config.yaml", "judge_model: former\n")));
        using var second = await PutAsync(app, "one", Zip(("question.jsonl", Question)));

        var detail = await app.Http.GetFromJsonAsync<JsonElement>("api/benchmarks/one", Cancelled);
        Assert.Equal(0, detail.GetProperty("judges").GetArrayLength());
    }

    [Theory]
    [InlineData("../question.jsonl")]
    [InlineData("/question.jsonl")]
    [InlineData("a/../../question.jsonl")]
    [InlineData("a\\question.jsonl")]
    [InlineData("C:/question.jsonl")]
    public async Task Put_NameThatLeavesTheFolder_IsRefused(string name)
    {
        await using var app = await StartAsync();
        foreach (var archive in new[] { Zip((name, Question), ("question.jsonl", Question)), TarGz((name, Question), ("question.jsonl", Question)) })
            await RefusedAsync(app, await PutAsync(app, "one", archive), HttpStatusCode.BadRequest, "the archive/");
    }

    [Fact]
    public async Task Put_DamagedLines_ListsEveryOneAndStoresNothing()
    {
        await using var app = await StartAsync();
        var answers = """{"question_id":"q1","model_id":"m","choices":[{"index":0,"turns":["A"]}]}""" + "\n{broken\n";
        var archive = Zip(("question.jsonl", Question + "not json\n"), ("model_answer/m.jsonl", answers));

        using var response = await PutAsync(app, "one", archive);

        var detail = await RefusedAsync(app, response, HttpStatusCode.BadRequest, "the archive/question.jsonl:2");
        Assert.Contains("nothing was stored", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_WhatIsNoArchiveOrTooMuch_IsRefused()
    {
        await using var app = await StartAsync();
        await RefusedAsync(app, await PutAsync(app, "one", "question"u8.ToArray()), HttpStatusCode.BadRequest, "neither a zip nor a tar.gz");
        await RefusedAsync(app, await PutAsync(app, "one", Zip(("question.jsonl", Question))[..^30]), HttpStatusCode.BadRequest, "is damaged");
        await RefusedAsync(app, await PutAsync(app, "one", new byte[28_000_001]), HttpStatusCode.RequestEntityTooLarge, "larger than 28000000 bytes");
        await RefusedAsync(app, await PutAsync(app, "one", Zip([.. Enumerable.Range(0, 5001).Select(n => ($"f{n}", ""))])), HttpStatusCode.RequestEntityTooLarge, "more than 5000 files");
        await RefusedAsync(app, await PutAsync(app, "one", Bomb()), HttpStatusCode.RequestEntityTooLarge, "unpacks to more than");
        await RefusedAsync(app, await PutAsync(app, "runs", Zip(("question.jsonl", Question))), HttpStatusCode.BadRequest, "folders of the store itself");
    }

    [Fact]
    public async Task PutFile_OneByOne_MakesABenchmarkThatAnArchiveCouldHaveMade()
    {
        await using var app = await StartAsync();
        const string Config = "judge_model: judge\nprompt_template: '{question_1} {answer_1}'\n";
        const string Answer = """{"question_id":"q1","answer_id":"i","model_id":"org/m","choices":[{"index":0,"turns":["That."]}]}""" + "\n";
        var bare = await TakenAsync(await PutFileAsync(app, "one", "question.jsonl", Question));
        var judged = await TakenAsync(await PutFileAsync(app, "one", "judge_config.yaml", Config));
        var answered = await TakenAsync(await PutFileAsync(app, "one", "model_answer/org/m.jsonl", Answer));

        var whole = await TakenAsync(await PutAsync(app, "two", Zip(("question.jsonl", Question), ("judge_config.yaml", Config))));

        // The revision follows questions and configuration, not records, nor the way that they came.
        Assert.NotEqual(Text(bare, "revision"), Text(judged, "revision"));
        Assert.Equal(Text(judged, "revision"), Text(answered, "revision"));
        Assert.Equal(Text(judged, "revision"), Text(whole, "revision"));
        var one = await app.Http.GetFromJsonAsync<JsonElement>("api/benchmarks/one", Cancelled);
        Assert.Equal(Text(judged, "revision"), Text(one, "revision"));
        Assert.Equal(["judge"], one.GetProperty("judges").EnumerateArray().Select(judge => judge.GetString()));
        Assert.Equal(["org/m"], one.GetProperty("answered").EnumerateArray().Select(model => model.GetString()));
        await using var packed = new ZipArchive(new MemoryStream(await app.Http.GetByteArrayAsync("api/benchmarks/one/archive", Cancelled)));
        Assert.Equal(
            ["one/judge_config.yaml", "one/model_answer/org~2fm.jsonl", "one/question.jsonl"],
            packed.Entries.Select(entry => entry.FullName.ToLowerInvariant()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("judge_config.yaml", "judge_model: j\n", "no benchmark here: there is neither a question.jsonl nor")]
    [InlineData("model_answer/m.jsonl", "{\"question_id\":\"q1\",\"model_id\":\"m\",\"choices\":[{\"index\":0,\"turns\":[\"A\"]}]}\n", "has no question.jsonl, without which nothing can be imported")]
    [InlineData("question.jsonl", "not json\n", "the request body:1")]
    [InlineData("notes.txt", "x", "neither a question.jsonl nor")]
    public async Task PutFile_ThatMakesNoBenchmark_IsRefusedAndNothingIsStored(string path, string content, string said)
    {
        await using var app = await StartAsync();
        await RefusedAsync(app, await PutFileAsync(app, "one", path, content), HttpStatusCode.BadRequest, said);
    }

    [Theory]
    [InlineData("judge_config.yaml", "judge_model: j\nprompt_templat: x\n", "the request body:2:1", "unknown key prompt_templat; did you mean prompt_template?")]
    [InlineData("model_answer/m.jsonl", "{broken\n", "the request body:1", "")]
    [InlineData("question.jsonl", "{\"question_id\":\"q1\",\"category\":\"a\"}\n", "the request body:1", "question_id with turns")]
    [InlineData("notes.txt", "x", "the request body", "notes.txt is none of the files that one is read from: benchmark.yaml, question.jsonl")]
    [InlineData("config/judge_config.yaml", "judge_model: other\n", "the request body", "config/judge_config.yaml is none of the files that one is read from")]
    public async Task PutFile_ThatIsWrong_IsRefusedWithItsPlaceAndNothingIsChanged(string path, string content, string place, string said)
    {
        await using var app = await StartAsync();
        await TakenAsync(await PutAsync(app, "one", Zip(("question.jsonl", Question), ("judge_config.yaml", "judge_model: judge\n"))));
        var before = await ContentAsync(app);

        using var response = await PutFileAsync(app, "one", path, content);

        var body = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, body);
        var error = Assert.Single(JsonDocument.Parse(body).RootElement.GetProperty("errors").EnumerateArray());
        Assert.StartsWith(place, Text(error, "place"), StringComparison.Ordinal);
        Assert.Contains(said, Text(error, "message"), StringComparison.Ordinal);
        Assert.Equal(before, await ContentAsync(app));
    }

    [Fact]
    public async Task Put_InAnotherDialectThanItsRecords_IsRefusedAndNothingIsChanged()
    {
        await using var app = await StartAsync();
        const string Answer = """{"question_id":"q1","answer_id":"i","model_id":"m","choices":[{"index":0,"turns":["That."]}]}""" + "\n";
        await TakenAsync(await PutAsync(app, "one", Zip(("question.jsonl", Question), ("model_answer/m.jsonl", Answer))));
        var before = await ContentAsync(app);
        const string Other = """{"uid":"q1","category":"a","subcategory":"b","prompt":"What?"}""" + "\n";

        foreach (var response in new[] { await PutAsync(app, "one", Zip(("question.jsonl", Other))), await PutFileAsync(app, "one", "question.jsonl", Other) })
        {
            var body = await response.Content.ReadAsStringAsync(Cancelled);
            Assert.True(response.StatusCode == HttpStatusCode.BadRequest, body);
            Assert.Contains("not of dialect v2.0, as this benchmark is; choose another name, or delete the stored one first", body, StringComparison.Ordinal);
        }

        Assert.Equal(before, await ContentAsync(app));
    }

    [Fact]
    public async Task Run_NamesTheRevisionThatItFroze()
    {
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await using var app = await StartAsync();
        await SmallBenchmark.SetUpAsync(app.Store, models.BaseUrl, questions: 2, parallel: 2, Cancelled);
        var revision = Text(await app.Http.GetFromJsonAsync<JsonElement>("api/benchmarks/small", Cancelled), "revision");
        await app.Http.RunToEndAsync("id: before\nbenchmark: small\nwhat: answer\nmodels: [sim-good]\n", Cancelled);

        var changed = await TakenAsync(await PutFileAsync(app, "small", "question.jsonl", Question));

        Assert.NotEqual(revision, Text(changed, "revision"));
        Assert.Equal(revision, Text(await app.Http.GetFromJsonAsync<JsonElement>("api/runs/before", Cancelled), "benchmark_revision"));
    }

    [Fact]
    public async Task Delete_WhileARunUsesIt_IsRefused()
    {
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions { Latency = SimulatedLatency.Fixed(TimeSpan.FromSeconds(20)) }, Cancelled);
        await using var app = await StartAsync();
        await SmallBenchmark.SetUpAsync(app.Store, models.BaseUrl, questions: 2, parallel: 1, Cancelled);
        using var started = await app.Http.PostRunAsync("id: using\nbenchmark: small\nmodels: [sim-good]\n", Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);

        using var refused = await app.Http.DeleteAsync("api/benchmarks/small", Cancelled);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Run using uses benchmark small", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        using var cancelled = await app.Http.PostAsync("api/runs/using/cancel", null, Cancelled);
    }

    private async Task<EmbeddedApp> StartAsync() =>
        await EmbeddedApp.StartAsync(await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("bench"), Cancelled);

    private static Task<HttpResponseMessage> PutAsync(EmbeddedApp app, string bench, byte[] archive) =>
        app.Http.PutAsync($"api/benchmarks/{bench}", new ByteArrayContent(archive), Cancelled);

    private static Task<HttpResponseMessage> PutFileAsync(EmbeddedApp app, string bench, string path, string content) =>
        app.Http.PutAsync($"api/benchmarks/{bench}/files/{path}", new StringContent(content), Cancelled);

    private static async Task<JsonElement> TakenAsync(HttpResponseMessage response)
    {
        using var taken = response;
        Assert.True(taken.StatusCode == HttpStatusCode.OK, await taken.Content.ReadAsStringAsync(Cancelled));
        return await taken.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
    }

    private static string Text(JsonElement owner, string field) => owner.GetProperty(field).GetString()!;

    /// <summary>Everything stored, with its content.</summary>
    private static async Task<IReadOnlyList<string>> ContentAsync(EmbeddedApp app)
    {
        var files = new List<string>();
        await foreach (var path in app.Store.Files.ListAsync("", Cancelled))
            files.Add($"{path}: {(await app.Store.Files.ReadAsync(path, Cancelled))!.Content}");
        return files;
    }

    private static async Task<string> RefusedAsync(EmbeddedApp app, HttpResponseMessage response, HttpStatusCode status, string said)
    {
        var body = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(said, body, StringComparison.Ordinal);
        await foreach (var file in app.Store.Files.ListAsync("", Cancelled))
            Assert.Fail($"{file} was written");
        return body;
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Some 300 kB that unpack to more than 256 MB.</summary>
    private static byte[] Bomb()
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("question.jsonl").Open();
            var zeros = new byte[1 << 20];
            for (var megabyte = 0; megabyte < 257; megabyte++)
                entry.Write(zeros);
        }

        return bytes.ToArray();
    }

    private static byte[] TarGz(params (string Name, string Text)[] files)
    {
        var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionMode.Compress))
        using (var tar = new TarWriter(packed))
        {
            foreach (var (name, text) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }

        return bytes.ToArray();
    }
}
