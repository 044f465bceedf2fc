namespace ArenaBench.Local;

/// <summary>Tells a process from a later one of the same number, without a clock: start times that the system derives from the present
/// time move when the clock is set.</summary>
internal static class ProcessMark
{
    /// <summary>Fields of /proc/PID/stat after the name, which may itself hold spaces and parentheses.</summary>
    private const int StartTicks = 19;

    /// <returns>Null when there is no such process, or the system does not tell.</returns>
    public static string? Of(int pid)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()}/{fields[StartTicks]}";
        }
        catch (IOException)
        {
            return null;
        }
    }
}
