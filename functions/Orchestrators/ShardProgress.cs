using ArenaBench.Core.Costs;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using Microsoft.DurableTask;

namespace ArenaBench.Functions.Orchestrators;

/// <summary>What a shard has done so far: its totals, shown as its custom status, and what it leaves untried.</summary>
internal sealed class ShardProgress
{
    private readonly TaskOrchestrationContext _context;
    private readonly ShardInput _input;
    private readonly List<SkippedItem> _skipped = [];

    public ShardProgress(TaskOrchestrationContext context, ShardInput input, ShardWork work)
    {
        (_context, _input) = (context, input);
        Totals = WorkTotals.None with { Stops = input.Stops };
        if (input.Pass == 1)
            Totals = Totals with { Answers = work.Items.Count(item => item.Answer), Games = work.Items.Sum(item => item.Games.Count) };
        context.SetCustomStatus(Totals);
    }

    public WorkTotals Totals { get; private set; }

    /// <summary>Why no more answers are made; null: they are.</summary>
    public RecordStatus? WhyNoAnswer => Totals.Stops.Run ? RecordStatus.Cancelled : Totals.Stops.Model ? RecordStatus.Stopped : null;

    public IReadOnlyList<SkippedItem> Skipped => _skipped;

    /// <summary>Why a judge is asked no more; null: it is.</summary>
    public RecordStatus? WhyNoGame(int judge) =>
        Totals.Stops.Run ? RecordStatus.Cancelled : Totals.Stops.Judges.Contains(judge) ? RecordStatus.Stopped : null;

    /// <summary>From now on nothing more is tried.</summary>
    public void Cancel() => Totals = Totals with { Stops = Totals.Stops with { Run = true } };

    /// <summary>Counted when the call's end is.</summary>
    public void Paid(int payee, Spending? spent)
    {
        if (spent is not null)
            Totals = Totals.Paid(payee, spent);
    }

    /// <param name="needs">What it and its games cost at most.</param>
    public void AnswerEnded(QuestionWork item, StepResult result, Amount? needs)
    {
        if (result.Status == RecordStatus.OverBudget)
        {
            LeftOpen(item, needs ?? Amount.Zero);
            return;
        }

        if (IsUntried(result.Status))
            _skipped.Add(new SkippedItem(item.Question, true, [], result.Status));
        if (!result.HasRecord && item.Games.Count > 0)
        {
            var reason = IsUntried(result.Status) ? result.Status : RecordStatus.MissingAnswer;
            _skipped.Add(new SkippedItem(item.Question, false, item.Games, reason));
            Failed(reason, item.Games.Count);
            Totals = Totals with { GamesDone = Totals.GamesDone + item.Games.Count };
        }

        Totals = Totals with { AnswersDone = Totals.AnswersDone + 1 };
        Ended(result, new Stops(true, []));
    }

    public void GameEnded(QuestionWork item, int game, StepResult result, Amount needs)
    {
        if (result.Status == RecordStatus.OverBudget)
        {
            LeftOpen(new QuestionWork(item.Question, false, [game]), needs);
            return;
        }

        if (IsUntried(result.Status))
            _skipped.Add(new SkippedItem(item.Question, false, [game], result.Status));
        Totals = Totals with { GamesDone = Totals.GamesDone + 1 };
        Ended(result, new Stops(false, [game / 2]));
    }

    /// <summary>The allowance does not pay for it: a later pass will, or it is recorded as over the budget.</summary>
    public void LeftOpen(QuestionWork item, Amount needs)
    {
        if (_input.Grant?.Last == true)
        {
            _skipped.Add(new SkippedItem(item.Question, item.Answer, item.Games, RecordStatus.OverBudget));
            Failed(RecordStatus.OverBudget, (item.Answer ? 1 : 0) + item.Games.Count);
            Totals = Totals with { AnswersDone = Totals.AnswersDone + (item.Answer ? 1 : 0), GamesDone = Totals.GamesDone + item.Games.Count };
        }
        else
        {
            var open = Totals.Open is [var known] ? known : new OpenShard(_input.Shard, 0, needs);
            var less = (needs.Usd, needs.Tokens).CompareTo((open.Needs.Usd, open.Needs.Tokens)) < 0;
            Totals = Totals with { Open = [open with { Questions = open.Questions + 1, Needs = less ? needs : open.Needs }] };
        }

        _context.SetCustomStatus(Totals);
    }

    private void Ended(StepResult result, Stops ifFatal)
    {
        if (!result.HasRecord)
            Failed(result.Status, 1);
        if (result.Status == RecordStatus.Cancelled)
            Cancel();
        if (result.Fatal)
            Totals = Totals with { Stops = Totals.Stops.Plus(ifFatal) };
        _context.SetCustomStatus(Totals);
    }

    /// <summary>No activity has recorded it.</summary>
    private static bool IsUntried(RecordStatus status) => status is RecordStatus.Stopped or RecordStatus.Cancelled;

    private void Failed(RecordStatus status, int count) =>
        Totals = Totals.Plus(WorkTotals.None with { Failures = new Dictionary<string, int> { [status.Name()] = count } });
}
