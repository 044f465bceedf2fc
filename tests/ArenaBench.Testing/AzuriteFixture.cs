using ArenaBench.Azurite;
using Xunit;

namespace ArenaBench.Testing;

/// <summary>Blob storage for one test assembly, on a port and in a folder of its own, started by the first test that asks.
/// Use: <c>[assembly: AssemblyFixture(typeof(AzuriteFixture))]</c> and a constructor parameter.</summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private readonly TempFolder _folder = new("arenabench-azurite");
    private readonly SemaphoreSlim _starting = new(1, 1);
    private AzuriteInstance? _instance;
    private string? _missing;

    /// <summary>The storage's connection string; skips the test, with the reason, where Node.js is missing.</summary>
    public async Task<string> ConnectionStringOrSkipAsync() => (await InstanceOrSkipAsync()).ConnectionString;

    /// <summary>The running storage that the assembly's tests share: do not stop it.</summary>
    public async Task<AzuriteInstance> InstanceOrSkipAsync()
    {
        await _starting.WaitAsync();
        try
        {
            _missing ??= await AzuriteLauncher.WhatIsMissingAsync(CancellationToken.None) ?? "";
            if (_missing.Length > 0)
                Assert.Skip(_missing);
            return _instance ??= await AzuriteLauncher.StartAsync(
                new AzuriteOptions { DataFolder = _folder.Path, Port = 0 }, CancellationToken.None);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>A container name that no other test has; the container itself is not made.</summary>
    public static string NewContainerName(string prefix = "t") => $"{prefix}-{Guid.NewGuid():n}";

    public async ValueTask DisposeAsync()
    {
        if (_instance is not null)
            await _instance.DisposeAsync();
        _folder.Dispose();
        _starting.Dispose();
    }
}
