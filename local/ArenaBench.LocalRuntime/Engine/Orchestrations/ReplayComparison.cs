namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Whether code did again what its history says: kind, number, name and target, as hosted functions compare.</summary>
internal static class ReplayComparison
{
    public static bool IsSame(OrchestratorAction recorded, OrchestratorAction again) => (recorded, again) switch
    {
        (TaskScheduled a, TaskScheduled b) => a.Task == b.Task && NameEquals(a.Name, b.Name),
        (ChildScheduled a, ChildScheduled b) =>
            a.Task == b.Task && NameEquals(a.Name, b.Name) && a.InstanceId == b.InstanceId,
        (TimerScheduled a, TimerScheduled b) => a.Task == b.Task,
        (TimerCanceled a, TimerCanceled b) => a.Task == b.Task,
        (EventSent a, EventSent b) => a.Task == b.Task && NameEquals(a.Name, b.Name) && a.InstanceId == b.InstanceId,
        _ => recorded.GetType() == again.GetType(),
    };

    private static bool NameEquals(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
