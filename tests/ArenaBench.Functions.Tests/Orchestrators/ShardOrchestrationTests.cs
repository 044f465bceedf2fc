using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Activities;
using ArenaBench.Functions.Orchestrators;

namespace ArenaBench.Functions.Tests.Orchestrators;

public class ShardOrchestrationTests
{
    private static readonly ShardInput Input = new("run", 1, 3, 12, Stops.None);
    private readonly FakeContext _context = new FakeContext().KeepingStatus();
    private readonly List<string> _order = [];

    [Fact]
    public async Task EachQuestion_IsJudgedAsSoonAsItIsAnswered()
    {
        var second = new TaskCompletionSource<StepResult>();
        Work(new QuestionWork(0, true, [0]), new QuestionWork(1, true, [0]));
        _context.Activity<AnswerInput, StepResult>(nameof(ShardActivities.GenerateAnswer), async answer =>
            answer.Question == 0 ? Ok : await second.Task);
        _context.Activity<GameInput, StepResult>(nameof(ShardActivities.JudgeAnswer), game =>
        {
            _order.Add($"judged {game.Question}");
            return Ok;
        });

        var running = ShardOrchestration.ShardOrchestrator(_context.Object, Input);

        Assert.Equal(["judged 0"], _order);
        second.SetResult(Ok);
        var totals = await running;
        Assert.Equal((2, 2, 2, 2), (totals.Answers, totals.AnswersDone, totals.Games, totals.GamesDone));
        Assert.Empty(totals.Failures);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Lanes_BoundWhatIsInFlight(int lanes)
    {
        var (inFlight, most) = (0, 0);
        Work(lanes, [.. Enumerable.Range(0, 10).Select(question => new QuestionWork(question, true, []))]);
        _context.Activity<AnswerInput, StepResult>(nameof(ShardActivities.GenerateAnswer), async _ =>
        {
            most = Math.Max(most, ++inFlight);
            await Task.Yield();
            inFlight--;
            return Ok;
        });

        await ShardOrchestration.ShardOrchestrator(_context.Object, Input);

        Assert.Equal(lanes, most);
    }

    [Fact]
    public async Task SlowJudge_DoesNotHoldTheAnswers()
    {
        var verdict = new TaskCompletionSource<StepResult>();
        Work(1, [.. Enumerable.Range(0, 5).Select(question => new QuestionWork(question, true, [0]))]);
        _context.Activity<AnswerInput, StepResult>(nameof(ShardActivities.GenerateAnswer), _ => Ok);
        _context.Activity<GameInput, StepResult>(nameof(ShardActivities.JudgeAnswer), _ => verdict.Task);

        var running = ShardOrchestration.ShardOrchestrator(_context.Object, Input);

        Assert.Equal(5, _context.InputsOf<AnswerInput>(nameof(ShardActivities.GenerateAnswer)).Count());
        Assert.Single(_context.InputsOf<GameInput>(nameof(ShardActivities.JudgeAnswer)));
        verdict.SetResult(Ok);
        await running;
    }

    [Fact]
    public async Task RetryAfter_IsSleptOnATimer_AndCalledAgainWithWhatWasTried()
    {
        Work(new QuestionWork(0, true, []));
        _context.Activity<AnswerInput, StepResult>(nameof(ShardActivities.GenerateAnswer), answer =>
            answer.Tries.Waits < 2
                ? new StepResult(RecordStatus.EndpointFailed, RetryAfterSeconds: 30, Tries: new StepTries(answer.Tries.Waits + 1, answer.Tries.Attempts + 3, 1))
                : Ok);

        var totals = await ShardOrchestration.ShardOrchestrator(_context.Object, Input);

        Assert.Equal(2, _context.Timers);
        Assert.Equal(
            [StepTries.None, new StepTries(1, 3, 1), new StepTries(2, 6, 1)],
            _context.InputsOf<AnswerInput>(nameof(ShardActivities.GenerateAnswer)).Select(answer => answer.Tries));
        Assert.Equal(1, totals.AnswersDone);
    }

    [Fact]
    public async Task FailedAnswer_ItsGamesAreRecordedAsMissingAnswer_AndCounted()
    {
        Work(new QuestionWork(0, true, [0, 1]), new QuestionWork(1, true, [0, 1]));
        _context.Activity<AnswerInput, StepResult>(nameof(ShardActivities.GenerateAnswer), answer =>
            answer.Question == 0 ? new StepResult(RecordStatus.ContentFilter) : Ok);
        _context.Activity<GameInput, StepResult>(nameof(ShardActivities.JudgeAnswer), _ => Ok);

        var totals = await ShardOrchestration.ShardOrchestrator(_context.Object, Input);

        var skip = Assert.Single(_context.InputsOf<SkipInput>(nameof(ShardActivities.RecordSkipped)));
        var item = Assert.Single(skip.Items);
        Assert.Equal((0, false, RecordStatus.MissingAnswer), (item.Question, item.Answer, item.Status));
        Assert.Equal([0, 1], item.Games);
        Assert.Equal(1, totals.Failures[RecordStatus.ContentFilter.Name()]);
        Assert.Equal(2, totals.Failures[RecordStatus.MissingAnswer.Name()]);
        Assert.Equal((2, 4), (totals.AnswersDone, totals.GamesDone));
    }

    [Fact]
    public async Task FatalAnswer_StopsTheModel_AfterWhatWasInFlight()
    {
        Work(1, [.. Enumerable.Range(0, 4).Select(question => new QuestionWork(question, true, [0]))]);
        _context.Activity<AnswerInput, StepResult>(nameof(ShardActivities.GenerateAnswer), _ => new StepResult(RecordStatus.KeyRefused, Fatal: true));

        var totals = await ShardOrchestration.ShardOrchestrator(_context.Object, Input);

        Assert.Single(_context.InputsOf<AnswerInput>(nameof(ShardActivities.GenerateAnswer)));
        Assert.True(totals.Stops.Model);
        Assert.Equal(1, totals.Failures[RecordStatus.KeyRefused.Name()]);
        Assert.Equal(3 + 3, totals.Failures[RecordStatus.Stopped.Name()]);
        var skip = Assert.Single(_context.InputsOf<SkipInput>(nameof(ShardActivities.RecordSkipped)));
        Assert.Equal(3, skip.Items.Count(item => item.Answer));
    }

    [Fact]
    public async Task FatalJudge_StopsThatJudgeOnly()
    {
        Work(1, [.. Enumerable.Range(0, 3).Select(question => new QuestionWork(question, true, [0, 2]))], judges: 2);
        _context.Activity<AnswerInput, StepResult>(nameof(ShardActivities.GenerateAnswer), _ => Ok);
        _context.Activity<GameInput, StepResult>(nameof(ShardActivities.JudgeAnswer), game =>
            game.Judge == 0 ? new StepResult(RecordStatus.UnknownModel, Fatal: true) : Ok);

        var totals = await ShardOrchestration.ShardOrchestrator(_context.Object, Input);

        var games = _context.InputsOf<GameInput>(nameof(ShardActivities.JudgeAnswer)).ToLookup(game => game.Judge);
        Assert.Single(games[0]);
        Assert.Equal(3, games[1].Count());
        Assert.False(totals.Stops.Model);
        Assert.Equal([0], totals.Stops.Judges);
        Assert.Equal(3, totals.AnswersDone);
    }

    [Fact]
    public async Task StoppedModel_CallsNothing_AndRecordsEverything()
    {
        Work(new QuestionWork(0, true, [0]), new QuestionWork(1, true, [0]));

        await ShardOrchestration.ShardOrchestrator(_context.Object, Input with { Stops = new Stops(true, []) });

        Assert.Empty(_context.InputsOf<AnswerInput>(nameof(ShardActivities.GenerateAnswer)));
        Assert.Equal(4, Assert.Single(_context.InputsOf<SkipInput>(nameof(ShardActivities.RecordSkipped))).Items.Count);
    }

    [Fact]
    public async Task CancelledCall_EndsTheShard_AndRecordsTheRestAsCancelled()
    {
        Work(1, [.. Enumerable.Range(0, 3).Select(question => new QuestionWork(question, true, [0]))]);
        _context.Activity<AnswerInput, StepResult>(nameof(ShardActivities.GenerateAnswer), answer =>
            answer.Question == 0 ? Ok : new StepResult(RecordStatus.Cancelled));
        _context.Activity<GameInput, StepResult>(nameof(ShardActivities.JudgeAnswer), _ => Ok);

        var totals = await ShardOrchestration.ShardOrchestrator(_context.Object, Input);

        Assert.Equal(2, _context.InputsOf<AnswerInput>(nameof(ShardActivities.GenerateAnswer)).Count());
        Assert.True(totals.Stops.Run);
        Assert.Equal(2 + 2, totals.Failures["cancelled"]);
        var skip = Assert.Single(_context.InputsOf<SkipInput>(nameof(ShardActivities.RecordSkipped)));
        Assert.All(skip.Items, item => Assert.Equal(RecordStatus.Cancelled, item.Status));
        Assert.Equal(2, skip.Items.Count(item => item.Answer));
    }

    [Fact]
    public async Task CancelOrder_BeginsNothingMore_AndLetsTheCallInFlightEnd()
    {
        var first = new TaskCompletionSource<StepResult>();
        Work(1, [.. Enumerable.Range(0, 3).Select(question => new QuestionWork(question, true, [0]))]);
        _context.Activity<AnswerInput, StepResult>(nameof(ShardActivities.GenerateAnswer), async _ => await first.Task);

        var running = ShardOrchestration.ShardOrchestrator(_context.Object, Input);
        _context.Cancel();
        first.SetResult(Ok);
        var totals = await running;

        Assert.Single(_context.InputsOf<AnswerInput>(nameof(ShardActivities.GenerateAnswer)));
        Assert.Empty(_context.InputsOf<GameInput>(nameof(ShardActivities.JudgeAnswer)));
        Assert.Equal(2 + 3, totals.Failures["cancelled"]);
    }

    [Fact]
    public async Task HeldCall_ComesBackLater_AndIsNotCountedAsAWait()
    {
        var holds = 0;
        Work(new QuestionWork(0, true, []));
        _context.Activity<AnswerInput, StepResult>(nameof(ShardActivities.GenerateAnswer), _ =>
            holds++ < 2 ? new StepResult(RecordStatus.Stopped, RetryAfterSeconds: 5) : Ok);

        await ShardOrchestration.ShardOrchestrator(_context.Object, Input);

        Assert.Equal(2, _context.Timers);
        Assert.All(_context.InputsOf<AnswerInput>(nameof(ShardActivities.GenerateAnswer)), answer => Assert.Equal(StepTries.None, answer.Tries));
    }

    [Fact]
    public async Task CustomStatus_EndsAsTheTotals()
    {
        Work(new QuestionWork(0, true, [0]));
        _context.Activity<AnswerInput, StepResult>(nameof(ShardActivities.GenerateAnswer), _ => Ok);
        _context.Activity<GameInput, StepResult>(nameof(ShardActivities.JudgeAnswer), _ => Ok);

        var totals = await ShardOrchestration.ShardOrchestrator(_context.Object, Input);

        Assert.Equal(totals, _context.CustomStatus);
    }

    private static StepResult Ok { get; } = new(RecordStatus.Ok);

    private void Work(params QuestionWork[] items) => Work(8, items);

    private void Work(int lanes, QuestionWork[] items, int judges = 1)
    {
        _context.Activity<ShardInput, ShardWork>(nameof(ShardActivities.ReadShard), _ => new ShardWork(items, lanes, lanes, judges));
        _context.Activity<SkipInput, bool>(nameof(ShardActivities.RecordSkipped), _ => true);
    }
}
