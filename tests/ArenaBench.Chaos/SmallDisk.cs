using System.Diagnostics;
using ArenaBench.Testing;

namespace ArenaBench.Chaos;

/// <summary>A disk of a few megabytes (a tmpfs), which can be filled. Mounting one needs root and Linux.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Megabytes = 48;

    private readonly TempFolder _folder;

    private SmallDisk(TempFolder folder) => _folder = folder;

    public string Path => _folder.Path;

    private string Filler => _folder.File("filler");

    /// <summary>Skips the test, with the reason, where none can be mounted.</summary>
    public static SmallDisk MountOrSkip()
    {
        var folder = new TempFolder("arenabench-disk");
        if (Run("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m", "tmpfs", folder.Path) is { } problem)
        {
            folder.Dispose();
            Assert.Skip($"A small disk cannot be mounted here ({problem}): run as root on Linux.");
        }

        return new SmallDisk(folder);
    }

    /// <summary>Leaves not a byte.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[64 * 1024];
        for (var size = block.Length; size > 0;)
        {
            try
            {
                file.Write(block, 0, size);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", "-l", _folder.Path);
        _folder.Dispose();
    }

    /// <returns>What went wrong, or null.</returns>
    private static string? Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            var said = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : said;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
    }
}
