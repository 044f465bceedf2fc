namespace ArenaBench.Azurite;

/// <summary>How the blob emulator is found, installed and started.</summary>
public sealed record AzuriteOptions
{
    /// <summary>The port that <c>UseDevelopmentStorage=true</c> means.</summary>
    public const int DevelopmentPort = 10000;

    /// <summary>Where blobs are kept; made when missing. Belongs in an ignored folder, <c>.arenabench/azurite</c> by default.</summary>
    public string DataFolder { get; init; } = Path.Combine(".arenabench", "azurite");

    /// <summary>The blob service's port; 0 lets the operating system choose.</summary>
    public int Port { get; init; } = DevelopmentPort;

    /// <summary>Where Azurite is installed, in a folder for each pinned version; null: the folder in <c>ARENABENCH_CACHE</c>, else one of the user's.</summary>
    public string? InstallFolder { get; init; }

    /// <summary>Receives the few lines that a user should see, such as what is being installed and why.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>How long a started Azurite may take to answer.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long it lives on when every process that used it has died without stopping it.</summary>
    public TimeSpan OrphanTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the installation may take.</summary>
    public TimeSpan InstallTimeout { get; init; } = TimeSpan.FromMinutes(10);

    internal string ResolvedInstallFolder => InstallFolder
        ?? Environment.GetEnvironmentVariable("ARENABENCH_CACHE")
        ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "arenabench");
}
