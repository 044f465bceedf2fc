using ArenaBench.LocalRuntime.Hosting;
using ArenaBench.Testing;

namespace ArenaBench.LocalRuntime.Tests.Behaviour;

/// <summary>Starts the sample app in this process, on storage of its own hub.</summary>
internal static class SampleApp
{
    private static int s_hubs;

    /// <summary>A hub name that no other test of this run uses.</summary>
    public static string NewHub() => $"T{Environment.ProcessId}N{Interlocked.Increment(ref s_hubs)}";

    public static async Task<LocalFunctionsHost> StartAsync(AzuriteFixture storage, LocalHostOptions? options = null) =>
        await LocalFunctionsHost.StartAsync(
            typeof(BehaviourApp.AppSetup).Assembly,
            BehaviourApp.AppSetup.Configure,
            (options ?? new LocalHostOptions()) with
            {
                Url = options?.Url ?? "http://127.0.0.1:0",
                HubName = options?.HubName ?? NewHub(),
                StorageConnectionString = options?.StorageConnectionString ?? await storage.ConnectionStringOrSkipAsync(),
            },
            TestContext.Current.CancellationToken);
}
