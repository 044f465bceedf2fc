using Microsoft.AspNetCore.Http;

namespace ArenaBench.Functions.Api;

/// <summary>A zip as an answer.</summary>
internal static class ZipAnswer
{
    /// <summary>To disk first: an archive is written back and forth, and a failure must not look like the end of a download.</summary>
    public static async Task<IResult> OfAsync(string name, Func<Stream, Task> pack)
    {
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 << 10,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            await pack(file);
            file.Position = 0;
            return Results.Stream(file, "application/zip", name);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
