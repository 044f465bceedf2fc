using ArenaBench.Core.Models;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Activities;
using ArenaBench.Functions.Orchestrators;
using ArenaBench.Testing;
using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moq;

namespace ArenaBench.Functions.Tests.Crashes;

/// <summary>The app's own services as one process has them, on a storage whose requests may fail; the memory of a process that died is
/// gone with it.</summary>
internal sealed class AppProcess
{
    private readonly ServiceProvider _services;
    private readonly DurableTaskClient _client = Alive();
    private readonly MortalCaller _caller;

    public AppProcess(string storage, string container, CountedModels models, FaultPolicy? faults = null)
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = 0 } };
        if (faults is not null)
            options.AddPolicy(faults, HttpPipelinePosition.PerRetry);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["AzureWebJobsStorage"] = storage, ["ArenaBench:Container"] = container }).Build();
        _caller = new MortalCaller(models, faults);
        _services = new ServiceCollection().AddLogging().AddArenaBench(configuration)
            .Replace(ServiceDescriptor.Singleton(new BlobServiceClient(storage, options)))
            .Replace(ServiceDescriptor.Singleton<IModelCaller>(_caller))
            .BuildServiceProvider();
    }

    public ArenaContainer Store => _services.GetRequiredService<ArenaContainer>();

    /// <summary>The calls that this process made.</summary>
    public int Paid => _caller.Paid;

    /// <summary>What POST /api/runs does.</summary>
    public async Task AcceptAsync(string run, string spec, CancellationToken cancellationToken)
    {
        var request = RunRequestReader.Parse(spec, "test");
        var frozen = await _services.GetRequiredService<RunPreparation>().ResolveAsync(request, run, cancellationToken);
        await _services.GetRequiredService<RunCatalog>().AcceptAsync(frozen, cancellationToken);
    }

    public Task<RunResult> RunAsync(string run, Journal journal) =>
        RunOrchestratorAsync<RunResult>(nameof(RunOrchestration.RunOrchestrator), journal, run, new RunInput(run, 1));

    public async Task<T> RunOrchestratorAsync<T>(string name, Journal journal, string id, object input)
    {
        var context = new InlineContext(this, journal, id, input);
        object result = name switch
        {
            nameof(RunOrchestration.RunOrchestrator) => await RunOrchestration.RunOrchestrator(context, (RunInput)input),
            nameof(ModelOrchestration.ModelOrchestrator) => await ModelOrchestration.ModelOrchestrator(context, (ModelInput)input),
            nameof(ShardOrchestration.ShardOrchestrator) => await ShardOrchestration.ShardOrchestrator(context, (ShardInput)input),
            _ => throw new ArgumentException($"There is no orchestrator {name}.", nameof(name)),
        };
        return (T)result;
    }

    /// <summary>By the function's name and its input, as the host calls it.</summary>
    public async Task<object?> RunActivityAsync(string name, object input)
    {
        var method = typeof(PlanActivities).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(PlanActivities).Namespace)
            .Select(type => type.GetMethod(name)).Single(found => found is not null)!;
        var activities = ActivatorUtilities.GetServiceOrCreateInstance(_services, method.DeclaringType!);
        var arguments = method.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(DurableTaskClient) ? _client
            : parameter.ParameterType == typeof(CancellationToken) ? CancellationToken.None
            : input).ToArray();
        var task = (Task)method.Invoke(activities, System.Reflection.BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        await task;
        return task.GetType().GetProperty("Result")?.GetValue(task) is { } result && result.GetType().Name != "VoidTaskResult" ? result : null;
    }

    /// <summary>The run goes on, no other has calls in flight, and who asks for a child asks after its end.</summary>
    private static DurableTaskClient Alive()
    {
        var client = new Mock<DurableTaskClient>("inline") { CallBase = true };
        client.Setup(it => it.GetInstancesAsync(It.IsAny<string>(), It.IsAny<bool>(), It.IsAny<CancellationToken>()))
            .Returns<string, bool, CancellationToken>((id, _, _) => Task.FromResult<OrchestrationMetadata?>(new OrchestrationMetadata("RunOrchestrator", id)
            {
                RuntimeStatus = id.Contains(':') ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Running,
                SerializedInput = $$"""{"Run":"{{id}}","Attempt":1}""",
                DataConverter = new InlineConverter(),
            }));
        client.Setup(it => it.PurgeInstanceAsync(It.IsAny<string>(), It.IsAny<PurgeInstanceOptions>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new PurgeResult(0));
        return client.Object;
    }

    /// <summary>A process that has died calls nobody.</summary>
    private sealed class MortalCaller(CountedModels models, FaultPolicy? faults) : IModelCaller
    {
        private int _paid;

        public int Paid => Volatile.Read(ref _paid);

        public async Task<ModelReply> CallAsync(ModelSettings model, ModelRequest request, CallContext context, CancellationToken cancellationToken)
        {
            if (faults?.Died.IsCompleted == true)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            Interlocked.Increment(ref _paid);
            return await models.CallAsync(model, request, context, cancellationToken);
        }
    }
}
