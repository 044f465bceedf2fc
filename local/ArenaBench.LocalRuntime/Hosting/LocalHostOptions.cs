using System.Reflection;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>How a functions app is hosted on this machine.</summary>
public sealed record LocalHostOptions
{
    /// <summary>Where to listen; port 0 lets the system choose. Null reads the usual settings, then 127.0.0.1:7071.</summary>
    public string? Url { get; init; }

    /// <summary>The blob account for durable state; null reads <c>AzureWebJobsStorage</c> from configuration.</summary>
    public string? StorageConnectionString { get; init; }

    /// <summary>The app's host.json; null looks beside the app's assembly.</summary>
    public string? HostJsonPath { get; init; }

    /// <summary>Replaces the task hub's name from host.json.</summary>
    public string? HubName { get; init; }

    /// <summary>When set, HTTP functions other than anonymous ones and the management API demand this key
    /// (header <c>x-functions-key</c> or <c>?code=</c>). When null, everything is open.</summary>
    public string? RequiredKey { get; init; }

    /// <summary>Beside <see cref="RequiredKey"/>: a second key that opens GET and HEAD of HTTP functions, and nothing else.</summary>
    public string? ReadKey { get; init; }

    /// <summary>How long running activities may go on after the host is asked to stop.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Orchestrations kept in memory between events; 0 replays the whole history for every event, as Azure's host
    /// does, which shows code that is not deterministic at once. Null leaves the engine's default.</summary>
    public int? MaxLiveOrchestrations { get; init; }

    internal Assembly? App { get; init; }

    internal bool ConsoleLogging { get; init; }

    internal static LocalHostOptions ForProgram() => new() { ConsoleLogging = true, App = Assembly.GetEntryAssembly() };
}
