namespace ArenaBench.Cli;

/// <summary>What the process returns; documented in docs/cli.md.</summary>
public static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>It ran, and something of it failed: a run that ended Failed.</summary>
    public const int RunFailed = 1;

    /// <summary>The command, a file or a setting is wrong; nothing was started.</summary>
    public const int BadInput = 2;

    /// <summary>The host, the storage or a tool that we need cannot be reached or started.</summary>
    public const int Unavailable = 3;

    /// <summary>Interrupted: the run goes on or can be continued.</summary>
    public const int Interrupted = 130;
}
