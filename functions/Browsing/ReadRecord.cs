using ArenaBench.Core.Dialects;

namespace ArenaBench.Functions.Browsing;

/// <summary>Records that somebody may have edited: what cannot be read is said where it would have been shown.</summary>
internal static class ReadRecord
{
    /// <param name="damage">Why it cannot be read.</param>
    /// <returns>Null when it cannot be read.</returns>
    public static T? Of<T>(Func<T> read, out string? damage)
        where T : class
    {
        try
        {
            damage = null;
            return read();
        }
        catch (RecordFormatException damaged)
        {
            damage = damaged.Message;
            return null;
        }
    }
}
