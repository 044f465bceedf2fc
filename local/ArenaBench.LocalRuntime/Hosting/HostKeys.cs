using Microsoft.Extensions.Configuration;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>What callers have to show. Both null: nothing.</summary>
/// <param name="All">Opens every route.</param>
/// <param name="Reading">Opens GET and HEAD of the app's functions, and nothing else.</param>
internal sealed record HostKeys(string? All, string? Reading)
{
    private const string AllSetting = "LocalRuntime:Key";
    private const string ReadingSetting = "LocalRuntime:ReadKey";

    /// <summary>The options, else the settings <c>LocalRuntime:Key</c> and <c>LocalRuntime:ReadKey</c>.</summary>
    /// <exception cref="LocalHostException">Keys that would not protect what they seem to.</exception>
    public static HostKeys Of(LocalHostOptions options, IConfiguration settings)
    {
        var keys = new HostKeys(options.RequiredKey ?? settings[AllSetting], options.ReadKey ?? settings[ReadingSetting]);
        if (keys is { All: "" } or { Reading: "" })
            throw new LocalHostException($"A key is empty, so anybody would have it: give {AllSetting} and {ReadingSetting} a value, or none.");
        if (keys is { Reading: not null, All: null })
            throw new LocalHostException(
                $"There is a key for reading and none for the rest, which would be open to everybody: set {AllSetting} (LocalHostOptions.RequiredKey) too.");
        if (keys.Reading is not null && keys.Reading == keys.All)
            throw new LocalHostException($"The key for reading is the key for everything: set another {ReadingSetting} (LocalHostOptions.ReadKey).");
        return keys;
    }
}
