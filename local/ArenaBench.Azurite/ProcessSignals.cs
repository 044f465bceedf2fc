using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ArenaBench.Azurite;

/// <summary>Signals to, and the life of, a process that need not be our child.</summary>
internal static class ProcessSignals
{
    private const int Terminate = 15;

    public static bool IsAlive(int pid)
    {
        if (OperatingSystem.IsLinux())
            return IsAliveByProc(pid);
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <returns>Null when there is no such process.</returns>
    public static DateTimeOffset? StartOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.StartTime.ToUniversalTime();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>SIGTERM; only where the system has it.</summary>
    public static void SendTerminate(int pid)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Windows has no SIGTERM.");
        if (Kill(pid, Terminate) != 0 && IsAlive(pid))
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>SIGKILL, or its like on Windows: the process gets no chance to write anything.</summary>
    public static void KillNow(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It is gone, which is what was asked for.
        }
        catch (InvalidOperationException)
        {
            // It went between the two calls.
        }
    }

    /// <summary>A process that has ended and that no parent has collected (a zombie) still answers signals: /proc tells.</summary>
    private static bool IsAliveByProc(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var afterName = stat.LastIndexOf(')') + 2;
            return afterName < stat.Length && stat[afterName] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
