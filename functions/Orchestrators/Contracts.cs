using System.Text.Json.Serialization;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Orchestrators;

// What passes between orchestrators and activities: ids and counts, never texts or secrets. Schema changes here are changes of
// the history format: add fields, never rename or remove them while runs may be in flight.

public sealed record RunInput(string Run, int Attempt);

/// <param name="WaitFor">Set when another run is doing part of the same work: plan again when it has ended.</param>
/// <param name="Traced">Its spans are wanted.</param>
public sealed record RunPlan(string? WaitFor, IReadOnlyList<ModelPlan> Models, bool Traced = false);

/// <param name="Model">Index into the spec's answering models.</param>
/// <param name="First">Others need this model's answers before they can be judged: a baseline.</param>
public sealed record ModelPlan(int Model, bool First, int Shards, int Window, int Questions);

public sealed record ModelInput(string Run, int Attempt, int Model, int Shards, int Window);

/// <param name="Asked">The orchestrator's time when it asked for the activity, to measure the way there.</param>
public sealed record ShardInput(string Run, int Attempt, int Model, int Shard, Stops Stops, DateTime? Asked = null);

public sealed record ShardWork(IReadOnlyList<QuestionWork> Items, int AnswerLanes, int JudgeLanes, int Judges, bool Traced = false);

/// <param name="Tries">As this work's last wait gave them.</param>
public sealed record AnswerInput(string Run, int Attempt, int Model, int Shard, int Question, StepTries Tries);

public sealed record GameInput(string Run, int Attempt, int Model, int Shard, int Question, int Judge, int Game, StepTries Tries);

/// <summary>How one activity ended. A wait is data: the lane sleeps on a durable timer and calls again.</summary>
/// <param name="Fatal">No other call of this model (or judge) can succeed.</param>
/// <param name="Tries">With a wait: to be handed in again.</param>
public sealed record StepResult(RecordStatus Status, double? RetryAfterSeconds = null, bool Fatal = false, StepTries? Tries = null)
{
    [JsonIgnore]
    public bool HasRecord => Status is RecordStatus.Ok or RecordStatus.Truncated or RecordStatus.Reused;
}

public sealed record SkipInput(string Run, int Attempt, int Model, int Shard, IReadOnlyList<SkippedItem> Items);

/// <summary>Work of one question that was not tried, to be recorded as such.</summary>
public sealed record SkippedItem(int Question, bool Answer, IReadOnlyList<int> Games, RecordStatus Status);

/// <summary>Totals of a shard, a model or a run.</summary>
/// <param name="Failures">Failed records by the status's name.</param>
public sealed record WorkTotals(int Answers, int AnswersDone, int Games, int GamesDone, IReadOnlyDictionary<string, int> Failures, Stops Stops)
{
    public static WorkTotals None { get; } = new(0, 0, 0, 0, new Dictionary<string, int>(), Stops.None);

    public WorkTotals Plus(WorkTotals other)
    {
        var failures = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (status, count) in Failures.Concat(other.Failures))
            failures[status] = failures.GetValueOrDefault(status) + count;
        return new(Answers + other.Answers, AnswersDone + other.AnswersDone, Games + other.Games, GamesDone + other.GamesDone,
            failures, Stops.Plus(other.Stops));
    }
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

    public Stops Plus(Stops other) => new(Model || other.Model, [.. Judges.Union(other.Judges).Order()], Run || other.Run);
}

/// <summary>Raised at a run to end it early, and at its shards so that none sleeps through it.</summary>
/// <param name="Abandon">Calls in flight are given up; else they end, and what they bring is kept.</param>
public sealed record CancelOrder(bool Abandon)
{
    public const string Event = "cancel";
}
