using System.Collections.Concurrent;
using ArenaBench.LocalRuntime.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ArenaBench.LocalRuntime.Tests.Engine;

/// <summary>An engine over storage that outlives it: crash it, start it again.</summary>
internal sealed class TestHub(IHistoryLog? storage = null) : IAsyncDisposable
{
    private readonly Dictionary<string, OrchestratorFunction> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ActivityFunction> _activities = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.OrdinalIgnoreCase);
    private DurableEngine? _engine;

    public IHistoryLog Storage { get; } = storage ?? new MemoryHistoryLog();

    public MemoryHistoryLog Memory => (MemoryHistoryLog)Storage;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    public DurableEngineOptions Options { get; set; } = new("test", MaxConcurrentActivities: 16, MaxConcurrentOrchestrators: 8);

    public DurableEngine Engine => _engine ?? throw new InvalidOperationException("Not started.");

    public DurableTaskClient Client => Engine.Client;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public TestHub Orchestrator<T>(string name, Func<TaskOrchestrationContext, Task<T>> body)
    {
        _orchestrators[name] = new(name, async context => await body(context));
        return this;
    }

    public TestHub Orchestrator(string name, Func<TaskOrchestrationContext, Task> body)
    {
        _orchestrators[name] = new(name, async context =>
        {
            await body(context);
            return null;
        });
        return this;
    }

    public TestHub ActivityAsync<TIn, TOut>(string name, Func<TIn, Task<TOut>> body)
    {
        _activities[name] = new(name, async (call, _) =>
        {
            _calls.AddOrUpdate(name, 1, static (_, count) => count + 1);
            return EngineJson.Converter.Serialize(await body(EngineJson.Converter.Deserialize<TIn>(call.Input)!));
        });
        return this;
    }

    public TestHub Activity<TIn, TOut>(string name, Func<TIn, TOut> body) =>
        ActivityAsync<TIn, TOut>(name, input => Task.FromResult(body(input)));

    public int Calls(string activity) => _calls.GetValueOrDefault(activity);

    public OrchestratorFunction Function(string name) => _orchestrators[name];

    public async Task<TestHub> StartAsync()
    {
        _engine = new DurableEngine(
            Storage, new FunctionCatalog(_orchestrators.Values, _activities.Values), Options, Time, Logs);
        await _engine.StartAsync(Cancel);
        return this;
    }

    /// <summary>Stops as if killed.</summary>
    public async Task CrashAsync() => await Engine.DisposeAsync();

    public async Task RestartAsync()
    {
        await CrashAsync();
        await StartAsync();
    }

    public async Task<OrchestrationMetadata> EndAsync(string id) =>
        await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancel);

    public async Task<string> BeginAsync(string name, object? input = null, string? id = null) =>
        await Client.ScheduleNewOrchestrationInstanceAsync(
            name, input, id is null ? null : new StartOrchestrationOptions(id), Cancel);

    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, string? id = null) =>
        await EndAsync(await BeginAsync(name, input, id));

    public async Task<OrchestrationMetadata> StatusAsync(string id) =>
        await Client.GetInstanceAsync(id, getInputsAndOutputs: true, Cancel)
        ?? throw new InvalidOperationException($"No instance '{id}'.");

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
    }
}
