using System.Text.Json.Serialization;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Costs;
using ArenaBench.Core.Models;

namespace ArenaBench.Core.Runs;

/// <summary>A run, frozen: every setting resolved, nothing left to look up but keys. Written once as <c>runs/{run}/spec.json</c>;
/// activities read only this and the questions frozen beside it.</summary>
/// <param name="Attempt">1, and one more for each restart or retry; earlier attempts' files stay.</param>
/// <param name="QuestionsHash">Of the frozen questions and references, so that two runs can be told alike.</param>
/// <param name="BaselineModels">Pairwise: models compared with, each once.</param>
/// <param name="OwnBaseline">The baseline is another than the benchmark's configuration names for some question.</param>
/// <param name="Date">What the published CSV is to say; no clock is read for it.</param>
/// <param name="BenchmarkVersion">What its authors called it when the run was started.</param>
/// <param name="BenchmarkRevision">Of what was frozen; see <see cref="Benchmarks.BenchmarkRevision"/>.</param>
/// <param name="Trace">W3C trace context of the request that started it, when somebody listened.</param>
/// <param name="SpentBefore">By the attempts that this one is a retry of: its budget bounds them all together.</param>
public sealed record RunSpec(
    int Schema,
    string Run,
    int Attempt,
    string Benchmark,
    string Dialect,
    RunWork What,
    IReadOnlyList<RunModel> Models,
    IReadOnlyList<RunModel> Judges,
    IReadOnlyList<RunModel> BaselineModels,
    GenerationConfig Generation,
    JudgeConfig Judging,
    int QuestionCount,
    string QuestionsHash,
    bool Strict,
    long Seed,
    int Rounds,
    string Version,
    string? Date = null,
    bool OwnBaseline = false,
    string? BenchmarkVersion = null,
    string? BenchmarkRevision = null,
    string? Trace = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Budget? Budget = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spending? SpentBefore = null)
{
    public const int CurrentSchema = 1;

    /// <summary>All models that answer: those asked for, then baselines not among them.</summary>
    [JsonIgnore]
    public IReadOnlyList<RunModel> AnsweringModels { get; } =
        [.. Models, .. BaselineModels.Where(b => Models.All(m => m.Name != b.Name))];

    /// <summary>Those that a call may go to.</summary>
    [JsonIgnore]
    public IEnumerable<ModelSettings> CalledModels =>
        (What == RunWork.Judge ? Judges : AnsweringModels.Concat(Judges)).Select(model => model.Settings).OfType<ModelSettings>();
}

/// <param name="Settings">Null for a model that is only judged: its answers exist, its endpoint is not needed.</param>
public sealed record RunModel(string Name, ModelSettings? Settings);
