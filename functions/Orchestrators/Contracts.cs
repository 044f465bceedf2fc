using System.Text.Json.Serialization;
using ArenaBench.Core.Costs;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Orchestrators;

// What passes between orchestrators and activities: ids and counts, never texts or secrets. Schema changes here are changes of
// the history format: add fields, never rename or remove them while runs may be in flight.

public sealed record RunInput(string Run, int Attempt);

/// <param name="WaitFor">Set when another run is doing part of the same work: plan again when it has ended.</param>
/// <param name="Traced">Its spans are wanted.</param>
/// <param name="Budget">What this attempt may spend; null: what it takes.</param>
public sealed record RunPlan(string? WaitFor, IReadOnlyList<ModelPlan> Models, bool Traced = false, Amount? Budget = null);

/// <param name="Model">Index into the spec's answering models.</param>
/// <param name="First">Others need this model's answers before they can be judged: a baseline.</param>
/// <param name="Weight">Of its part of a budget: about what its work costs.</param>
/// <param name="Needs">The least of a budget that is of use to it.</param>
/// <param name="Last">Shards that begin together at the end.</param>
public sealed record ModelPlan(int Model, bool First, int Shards, int Window, int Questions, decimal Weight = 0, Amount? Needs = null, int Last = 0);

/// <param name="Pass">1, and one more each time that a budget lets the model go on.</param>
/// <param name="Grant">Null: there is no budget.</param>
/// <param name="Needs">The least that is of use to a shard.</param>
/// <param name="Open">Shards of this pass; null: all.</param>
/// <param name="Stops">From the passes before.</param>
/// <param name="Last">Shards that begin together at the end.</param>
public sealed record ModelInput(
    string Run, int Attempt, int Model, int Shards, int Window, int Pass = 1, Grant? Grant = null, Amount? Needs = null,
    IReadOnlyList<OpenShard>? Open = null, Stops? Stops = null, int Last = 0);

/// <param name="Asked">The orchestrator's time when it asked for the activity, to measure the way there.</param>
public sealed record ShardInput(string Run, int Attempt, int Model, int Shard, Stops Stops, int Pass = 1, Grant? Grant = null, DateTime? Asked = null);

/// <summary>What a child may spend.</summary>
/// <param name="Last">Nothing more will come: what it does not pay for is recorded as over the budget.</param>
public sealed record Grant(Amount Allowance, bool Last = false);

/// <summary>A shard that its allowance left with work.</summary>
/// <param name="Needs">The least with which it can go on.</param>
public sealed record OpenShard(int Shard, int Questions, Amount Needs);

/// <param name="Bounds">Of a run with a budget: what each of <paramref name="Items"/> costs at most.</param>
public sealed record ShardWork(
    IReadOnlyList<QuestionWork> Items, int AnswerLanes, int JudgeLanes, int Judges, bool Traced = false,
    IReadOnlyList<ItemBound>? Bounds = null);

/// <param name="Tries">As this work's last wait gave them.</param>
public sealed record AnswerInput(string Run, int Attempt, int Model, int Shard, int Question, StepTries Tries, int Pass = 1);

public sealed record GameInput(
    string Run, int Attempt, int Model, int Shard, int Question, int Judge, int Game, StepTries Tries, int Pass = 1);

/// <summary>How one activity ended. A wait is data: the lane sleeps on a durable timer and calls again.</summary>
/// <param name="Fatal">No other call of this model (or judge) can succeed.</param>
/// <param name="Tries">With a wait: to be handed in again.</param>
/// <param name="Spent">This time; null: nothing.</param>
/// <param name="Games">After an answer, in a run with a budget: what a game of each judge costs at most.</param>
public sealed record StepResult(
    RecordStatus Status, double? RetryAfterSeconds = null, bool Fatal = false, StepTries? Tries = null, Spending? Spent = null,
    IReadOnlyList<Amount>? Games = null)
{
    [JsonIgnore]
    public bool HasRecord => Status.HasRecord();
}

public sealed record SkipInput(string Run, int Attempt, int Model, int Shard, IReadOnlyList<SkippedItem> Items);

/// <summary>Work of one question that was not tried, to be recorded as such.</summary>
public sealed record SkippedItem(int Question, bool Answer, IReadOnlyList<int> Games, RecordStatus Status);

/// <summary>Totals of a shard, a model or a run. Those of several passes add up: each counts what it did, the first what there was to do.</summary>
/// <param name="Failures">Failed records by the status's name.</param>
/// <param name="Spent">By answers first, then by each judge.</param>
/// <param name="Open">Shards that a budget leaves with work, for now.</param>
/// <param name="Purged">Of a model that has ended: its first so many shards are gone already.</param>
public sealed record WorkTotals(
    int Answers, int AnswersDone, int Games, int GamesDone, IReadOnlyDictionary<string, int> Failures, Stops Stops,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Spending>? Spent = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<OpenShard>? Open = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Purged = 0)
{
    public static WorkTotals None { get; } = new(0, 0, 0, 0, new Dictionary<string, int>(), Stops.None);

    /// <summary>All that was spent.</summary>
    [JsonIgnore]
    public Spending Sum => (Spent ?? []).Aggregate(Spending.None, (sum, more) => sum.Plus(more));

    public WorkTotals Plus(WorkTotals other) => new(
        Answers + other.Answers, AnswersDone + other.AnswersDone, Games + other.Games, GamesDone + other.GamesDone,
        Added(Failures, other.Failures), Stops.Plus(other.Stops), Added(Spent, other.Spent), Open is null ? other.Open : [.. Open, .. other.Open ?? []]);

    /// <param name="payee">0: answers. Else one more than the judge's index.</param>
    public WorkTotals Paid(int payee, Spending spent) =>
        this with { Spent = Added(Spent, [.. Enumerable.Repeat(Spending.None, payee), spent]) };

    private static IReadOnlyDictionary<string, int> Added(IReadOnlyDictionary<string, int> a, IReadOnlyDictionary<string, int> b)
    {
        if (a.Count == 0 || b.Count == 0)
            return a.Count == 0 ? b : a;
        var sum = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (status, count) in a.Concat(b))
            sum[status] = sum.GetValueOrDefault(status) + count;
        return sum;
    }

    private static IReadOnlyList<Spending>? Added(IReadOnlyList<Spending>? a, IReadOnlyList<Spending>? b)
    {
        if (a is null || b is null)
            return a ?? b;
        var (longer, shorter) = a.Count >= b.Count ? (a, b) : (b, a);
        var sum = new Spending[longer.Count];
        for (var payee = 0; payee < sum.Length; payee++)
            sum[payee] = payee < shorter.Count ? longer[payee].Plus(shorter[payee]) : longer[payee];
        return sum;
    }
}

/// <param name="Shards">Of the model's shards in this pass.</param>
public sealed record PurgeInput(string Run, int Attempt, int Model, int Pass, IReadOnlyList<ShardRange> Shards)
{
    public static PurgeInput Of(ModelInput model, params IReadOnlyList<ShardRange> shards) => new(model.Run, model.Attempt, model.Model, model.Pass, shards);
}

public sealed record PublishInput(string Run, int Attempt, int Model);

/// <param name="Index">Of a question in <see cref="QuestionTimes"/>, of a model in <see cref="RunTimes"/>.</param>
public sealed record Times(int Index, DateTime Start, DateTime End);

public sealed record QuestionTimes(string Run, int Attempt, int Model, IReadOnlyList<Times> Questions);

public sealed record RunTimes(string Run, int Attempt, DateTime Start, DateTime End, bool Failed, IReadOnlyList<Times> Models);

public sealed record RunResult(string Run, int Attempt, WorkTotals Totals, string Leaderboard);

/// <summary>Who has failed for good (a refused key, an unknown model, no quota left): their work is recorded as not tried.</summary>
/// <param name="Model">The shard's own model.</param>
/// <param name="Judges">Indices of judges.</param>
/// <param name="Run">The run was cancelled.</param>
public sealed record Stops(bool Model, IReadOnlyList<int> Judges, bool Run = false)
{
    public static Stops None { get; } = new(false, []);

    public Stops Plus(Stops other) => other is { Model: false, Run: false, Judges.Count: 0 }
        ? this
        : new(Model || other.Model, [.. Judges.Union(other.Judges).Order()], Run || other.Run);
}

/// <summary>Raised at a run to end it early, and at its shards so that none sleeps through it.</summary>
/// <param name="Abandon">Calls in flight are given up; else they end, and what they bring is kept.</param>
public sealed record CancelOrder(bool Abandon)
{
    public const string Event = "cancel";
}
