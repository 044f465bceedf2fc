namespace ArenaBench.Core.Runs;

/// <summary>How long an endpoint that asks us to wait is waited for before the failure is recorded.</summary>
/// <param name="MaxWaits">Waits of one call at most.</param>
/// <param name="LongestWait">One wait at most; longer ones asked for are waited for in steps.</param>
public sealed record WaitPolicy(int MaxWaits, TimeSpan LongestWait)
{
    public static WaitPolicy Default { get; } = new(60, TimeSpan.FromMinutes(5));

    public bool MayWait(int waited, TimeSpan asked) => waited < MaxWaits && asked <= LongestWait * MaxWaits;

    /// <summary>At least what was asked, growing with each wait from one second so that an outage is not hammered.</summary>
    public TimeSpan Next(int waited, TimeSpan asked)
    {
        var patience = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(waited, 8)) / 2);
        var next = asked > patience ? asked : patience;
        return next < LongestWait ? next : LongestWait;
    }
}
