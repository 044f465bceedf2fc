using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Costs;
using ArenaBench.Core.Models;
using ArenaBench.Core.Models.Coordination;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Activities;
using ArenaBench.Functions.Browsing;
using ArenaBench.Functions.Cleaning;
using ArenaBench.Functions.Reports;
using ArenaBench.Functions.Requests;
using ArenaBench.Functions.Settings;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ArenaBench.Functions;

/// <summary>Everything the app is made of, in one place.</summary>
public static class ArenaBenchWiring
{
    public static IServiceCollection AddArenaBench(this IServiceCollection services, IConfiguration configuration)
    {
        var container = configuration["ArenaBench:Container"] ?? ArenaContainer.DefaultName;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => StorageConnection.Open(configuration));
        services.AddSingleton(provider => new ArenaContainer(
            provider.GetRequiredService<BlobServiceClient>(),
            new PartsOptions(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILoggerFactory>(),
            container));
        services.AddSingleton(provider => provider.GetRequiredService<ArenaContainer>().Parts);
        services.AddSingleton<BenchmarkCatalog>();
        services.AddSingleton<EndpointsCatalog>();
        services.AddSingleton(KeySource.Environment);
        services.AddSingleton<EndpointProbe>();
        services.AddSingleton(provider => new EndpointCoordinator(
            provider.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(container),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<EndpointCoordinator>>()));
        services.AddSingleton<IModelCaller>(provider => new ModelCaller(
            provider.GetRequiredService<KeySource>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<CallPolicy>(),
            provider.GetRequiredService<EndpointCoordinator>()));

        services.AddSingleton(CallPolicy.Default);
        services.AddSingleton(WaitPolicy.Default);
        services.AddSingleton<RunCatalog>();
        services.AddSingleton<RunPreparation>();
        services.AddSingleton<RunPlanner>();
        services.AddSingleton<BegunCalls>();
        services.AddSingleton<WorkBounds>();
        services.AddSingleton<AnswerGeneration>();
        services.AddSingleton<GameJudging>();
        services.AddSingleton<SkippedRecords>();
        services.AddSingleton<RecordPublisher>();
        services.AddSingleton<LongWork>();
        services.AddSingleton<RunScoring>();
        services.AddSingleton<RunSpending>();
        services.AddSingleton<CostEstimator>();
        services.AddSingleton<ReuseExplanation>();
        services.AddSingleton(Retention.Read(configuration));
        services.AddSingleton<StoreCleaner>();
        services.AddSingleton<Activities.RunWatch>();
        services.AddSingleton<RunRows>();
        services.AddSingleton<RunReport>();
        services.AddSingleton<Viewer.RunPace>();
        services.AddSingleton<Viewer.RunSite>();
        // The viewer's forms do what the HTTP API does.
        services.AddTransient<Api.RunsApi>();
        services.AddTransient<Api.RunControlsApi>();

        services.AddSingleton(_ => StartRate.Of(configuration));
        services.AddSingleton(new RecordsContainer(container));
        services.AddHealthChecks().AddCheck<StorageCheck>("storage").AddCheck<VaultReferences>("keys");
        services.AddHostedService<StartReport>();
        services.AddHostedService<WarmStart>();
        return services;
    }
}
