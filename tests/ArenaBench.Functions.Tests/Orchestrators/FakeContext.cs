using ArenaBench.Functions.Orchestrators;
using Microsoft.DurableTask;
using Moq;

namespace ArenaBench.Functions.Tests.Orchestrators;

/// <summary>A mocked orchestration context whose activities and children are functions of the test. Timers fire at once and are counted.</summary>
internal sealed class FakeContext
{
    private readonly Mock<TaskOrchestrationContext> _mock = new();
    private readonly Dictionary<string, Func<object?, Task<object?>>> _functions = new(StringComparer.OrdinalIgnoreCase);

    private readonly TaskCompletionSource<CancelOrder> _cancelled = new();

    public FakeContext()
    {
        _mock.Setup(context => context.WaitForExternalEvent<CancelOrder>(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Returns<string, CancellationToken>((name, _) => name == CancelOrder.Event ? _cancelled.Task : new TaskCompletionSource<CancelOrder>().Task);
        _mock.Setup(context => context.CreateTimer(It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
            .Returns(Task.CompletedTask)
            .Callback(() => Timers++);
        _mock.Setup(context => context.ContinueAsNew(It.IsAny<object>(), It.IsAny<bool>()))
            .Callback<object?, bool>((input, _) => ContinuedWith.Add(input));
    }

    public TaskOrchestrationContext Object => _mock.Object;

    public List<(string Name, object? Input)> Calls { get; } = [];

    public List<string?> ChildIds { get; } = [];

    public List<object?> ContinuedWith { get; } = [];

    public int Timers { get; private set; }

    public object? CustomStatus { get; private set; }

    public FakeContext Activity<TInput, TResult>(string name, Func<TInput, Task<TResult>> function)
    {
        _functions[name] = async input => await function((TInput)input!);
        _mock.Setup(context => context.CallActivityAsync<TResult>(
                It.Is<TaskName>(task => task.Name == name), It.IsAny<object>(), It.IsAny<TaskOptions>()))
            .Returns<TaskName, object, TaskOptions>((task, input, _) => CallAsync<TResult>(task, input));
        _mock.Setup(context => context.CallActivityAsync(
                It.Is<TaskName>(task => task.Name == name), It.IsAny<object>(), It.IsAny<TaskOptions>()))
            .Returns<TaskName, object, TaskOptions>((task, input, _) => CallAsync<TResult>(task, input));
        return this;
    }

    public FakeContext Activity<TInput, TResult>(string name, Func<TInput, TResult> function) =>
        Activity<TInput, TResult>(name, input => Task.FromResult(function(input)));

    public FakeContext Child<TInput, TResult>(string name, Func<TInput, Task<TResult>> function)
    {
        _functions[name] = async input => await function((TInput)input!);
        _mock.Setup(context => context.CallSubOrchestratorAsync<TResult>(
                It.Is<TaskName>(task => task.Name == name), It.IsAny<object>(), It.IsAny<TaskOptions>()))
            .Returns<TaskName, object, TaskOptions>((task, input, options) =>
            {
                ChildIds.Add((options as SubOrchestrationOptions)?.InstanceId);
                return CallAsync<TResult>(task, input);
            });
        return this;
    }

    public FakeContext KeepingStatus()
    {
        _mock.Setup(context => context.SetCustomStatus(It.IsAny<object>())).Callback<object?>(status => CustomStatus = status);
        return this;
    }

    public void Cancel(bool abandon = false) => _cancelled.SetResult(new CancelOrder(abandon));

    public IEnumerable<T> InputsOf<T>(string name) =>
        Calls.Where(call => call.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(call => (T)call.Input!);

    private async Task<TResult> CallAsync<TResult>(TaskName task, object? input)
    {
        Calls.Add((task.Name, input));
        return (TResult)(await _functions[task.Name](input))!;
    }
}
