using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Browsing;
using ArenaBench.Functions.Cleaning;

namespace ArenaBench.Functions.Api;

/// <summary>Every route of the API but its pages. A test fails when a route is not here.</summary>
internal static class ApiOperations
{
    private const string Runs = "Runs";
    private const string Results = "Results";
    private const string Benchmarks = "Benchmarks";
    private const string Operation = "Operation";

    private static readonly ApiContent Refused = new("Refused whole: every error with its place", ("application/problem+json", typeof(ProblemAnswer)));
    private static readonly ApiContent NotThere = new("There is no such thing", ("application/problem+json", typeof(ProblemAnswer)));
    private static readonly ApiContent Conflict = new("Not in the state that it is in", ("application/problem+json", typeof(ProblemAnswer)));
    private static readonly ApiContent TooLarge = new("The body is over its limit", ("application/problem+json", typeof(ProblemAnswer)));
    private static readonly ApiContent Started = ApiContent.Json<AcceptedRun>("Started; Location is the status URL");
    private static readonly ApiContent Steered = ApiContent.Json<RunId>("Told to the run and its parts");
    private static readonly ApiContent RunSpec = new("A run request", ("application/yaml", typeof(RunRequestBody)), ("application/json", typeof(RunRequestBody)));

    private static readonly ApiOption[] Filter =
    [
        new("model", "Answers of this model"),
        new("category", "Questions of this category"),
        new("verdict", "What the games say of the model", [.. QuestionFilter.Verdicts.Select(verdict => verdict.Value)]),
        new("min", "Mean rating at least"),
        new("max", "Mean rating at most"),
        new("status", "What came of judging it", [.. QuestionFilter.Statuses.Select(status => status.Value)]),
        new("reason", "A failure's status, such as content_filter"),
        new("better", "With than: questions on which this model did better"),
        new("than", "than this one"),
        new("q", "Text in the question or its id; case is ignored"),
        new("regex", "q is a regular expression, without look-around and back references", ["true", "false"]),
    ];

    private static readonly ApiOption[] Part =
    [
        new("page", "From 1"),
        new("size", $"Of a page, 1 to {BrowsingQuery.LargestSize}; {BrowsingQuery.DefaultSize} when absent"),
    ];

    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        new(nameof(RunsApi.StartRun), Runs, "Starts a run", (202, Started), (200, ApiContent.Json<RunPreview>("With dry_run: what it would do and cost")), (400, Refused), (409, Conflict), (413, TooLarge)) { Body = RunSpec },
        new(nameof(RunsApi.ExplainRun), Runs, "Says what a run would reuse, and why not the rest", (200, ApiContent.Json<ReuseReport>("Groups of records with one reason")), (400, Refused), (413, TooLarge)) { Body = RunSpec },
        new(nameof(RunsApi.ListRuns), Runs, "Lists runs, newest first", (200, ApiContent.Json<RunList>("All runs"))),
        new(nameof(RunsApi.GetRun), Runs, "One run with the progress of its models", (200, ApiContent.Json<RunDetail>("Its state now")), (404, NotThere)),
        new(nameof(RunControlsApi.SuspendRun), Runs, "Begins no call until the run is resumed", (202, Steered), (404, NotThere), (409, Conflict)),
        new(nameof(RunControlsApi.ResumeRun), Runs, "Lets a suspended run go on", (202, Steered), (404, NotThere), (409, Conflict)),
        new(nameof(RunControlsApi.CancelRun), Runs, "Ends a run; what was paid for is published and scored", (202, Steered), (400, Refused), (404, NotThere), (409, Conflict))
            { Options = [new("mode", "finish lets calls in flight end, abandon gives them up", ["finish", "abandon"])] },
        new(nameof(RunControlsApi.RetryRun), Runs, "A new attempt of a run that has ended: only what is not there", (202, Started), (400, Refused), (404, NotThere), (409, Conflict), (413, TooLarge))
            { Body = new ApiContent("Another budget", ("application/json", typeof(RetryBody)), ("application/yaml", typeof(RetryBody))), BodyIsOptional = true },
        new(nameof(CleaningApi.DeleteRun), Runs, "Deletes a run that has ended; answers and judgments stay in the benchmark", (204, ApiContent.None("Deleted")), (404, NotThere), (409, Conflict)),

        new(nameof(RunsApi.GetLeaderboard), Results, "The leaderboard as the run wrote it, or with other options",
            (200, new ApiContent("In the format asked for", ("application/json", typeof(Leaderboard)), ("text/csv", null), ("application/x-ndjson", null))), (400, Refused), (404, NotThere))
        {
            Options =
            [
                new("format", "published is upstream's CSV, battles one JSON line a vote", ["json", "csv", "published", "battles"]),
                new("date", "Of the published CSV"),
                .. LeaderboardQuery.Names.Select(name => new ApiOption(name, "See docs/http-api.md, The leaderboard", MayRepeat: name is "category" or "judge" or "compare")),
            ],
        },
        new(nameof(RunsApi.GetManifest), Results, "Every setting of a run, and what its leaderboard stands on", (200, ApiContent.Json<RunManifest>("Can be sent to start the same run again")), (404, NotThere)),
        new(nameof(ReportApi.GetReport), Results, "A run's report as one HTML file", (200, new ApiContent("Safe to mail", ("text/html", null))), (404, NotThere)),
        new(nameof(SiteApi.GetSite), Results, "A run's pages as a folder of files for any web host", (200, new ApiContent("A zip", ("application/zip", null))), (404, NotThere), (409, Conflict)),
        new(nameof(RunAnswersApi.ListAnswers), Results, "A run's answers and what came of them, filtered, without texts", (200, ApiContent.Json<AnswerList>("A part of the list")), (400, Refused), (404, NotThere)) { Options = [.. Filter, .. Part] },
        new(nameof(RunAnswersApi.GetAnswer), Results, "One question with one model's answer and its judgments", (200, ApiContent.Json<AnswerDetail>("With all texts")), (400, Refused), (404, NotThere))
            { Options = [new("of", "The model; the first one when absent"), .. Filter] },
        new(nameof(RunAnswersApi.CompareAnswers), Results, "Two models of a run, or of two runs, question by question", (200, ApiContent.Json<AnswerComparison>("A part of the list")), (400, Refused), (404, NotThere))
        {
            Options =
            [
                new("of", "The first model"), new(ComparedWith.Model, "The second"), new(ComparedWith.Run, "The second's run; the same when absent"),
                new("sort", "Greatest change first when absent", BrowsingQuery.Sorts), .. Part,
            ],
        },

        new(nameof(BenchmarksApi.ListBenchmarks), Benchmarks, "Lists benchmarks", (200, ApiContent.Json<BenchmarkList>("All benchmarks"))),
        new(nameof(BenchmarksApi.GetBenchmark), Benchmarks, "One benchmark", (200, ApiContent.Json<BenchmarkDetail>("With judges, references and answered models")), (404, NotThere), (409, Conflict)),
        new(nameof(BenchmarksApi.GetBenchmarkArchive), Benchmarks, "A benchmark's folder, in the published layout", (200, new ApiContent("A zip", ("application/zip", null))), (404, NotThere)),
        new(nameof(BenchmarkUploadsApi.PutBenchmark), Benchmarks, "Takes a zip or tar.gz of a benchmark's folder", (200, ApiContent.Json<ImportedBenchmark>("Taken in")), (400, Refused), (413, TooLarge))
            { Body = new ApiContent("The archive", ("application/zip", null), ("application/gzip", null)) },
        new(nameof(BenchmarkUploadsApi.PutBenchmarkFile), Benchmarks, "Takes one file of a benchmark", (200, ApiContent.Json<ImportedBenchmark>("Taken in")), (400, Refused), (413, TooLarge))
            { Body = new ApiContent("The file", ("application/octet-stream", null)) },
        new(nameof(BenchmarksApi.DeleteBenchmark), Benchmarks, "Deletes a benchmark with its records", (204, ApiContent.None("Deleted")), (404, NotThere), (409, Conflict)),

        new(nameof(ConfigApi.ListConfig), Operation, "Lists endpoint files", (200, ApiContent.Json<ConfigList>("Names of files"))),
        new(nameof(ConfigApi.GetConfig), Operation, "An endpoints file as it was stored", (200, new ApiContent("The file", ("application/yaml", null))), (404, NotThere)),
        new(nameof(ConfigApi.PutConfig), Operation, "Stores an endpoints file, which refers to keys and holds none", (200, ApiContent.Json<StoredConfig>("Stored")), (400, Refused), (413, TooLarge))
            { Body = new ApiContent("The file", ("application/yaml", null)) },
        new(nameof(CleaningApi.Clean), Operation, "Takes away what is left of runs that are over", (200, ApiContent.Json<CleanReport>("What went")), (400, Refused))
            { Options = [new("older_than_days", "Deletes runs that ended longer ago"), new("dry_run", "Only says what would go", ["true", "false"])] },
        new(nameof(HealthApi.GetLiveness), Operation, "The process answers", (200, ApiContent.Json<Liveness>("It does"))),
        new(nameof(HealthApi.GetReadiness), Operation, "What the app needs answers", (200, ApiContent.Json<Readiness>("All of it does")), (503, ApiContent.Json<Readiness>("Names what does not"))),
        new(nameof(OpenApiApi.GetOpenApi), Operation, "This description", (200, new ApiContent("OpenAPI 3.1", ("application/json", null)))),
    ];
}
