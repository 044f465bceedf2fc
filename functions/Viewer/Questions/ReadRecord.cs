using ArenaBench.Core.Dialects;

namespace ArenaBench.Functions.Viewer;

/// <summary>Records that somebody may have edited: what cannot be read is said where it would have been shown.</summary>
internal static class ReadRecord
{
    /// <param name="damage">What to show in its place.</param>
    /// <returns>Null when it cannot be read.</returns>
    public static T? Of<T>(Func<T> read, out Html damage)
        where T : class
    {
        damage = Html.Empty;
        try
        {
            return read();
        }
        catch (RecordFormatException damaged)
        {
            damage = Html.Of($"<p class='problem'>This record is damaged and was left out: {damaged.Message}</p>");
            return null;
        }
    }
}
