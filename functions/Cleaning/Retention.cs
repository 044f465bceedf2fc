using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ArenaBench.Functions.Cleaning;

/// <summary>How long runs are kept after their end. Their canonical records stay.</summary>
/// <param name="Age">Null: for ever.</param>
public sealed record Retention(TimeSpan? Age)
{
    public const string Setting = "ArenaBench:RunRetentionDays";

    /// <exception cref="InvalidOperationException">The setting is no number of days.</exception>
    public static Retention Read(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } text)
            return new Retention((TimeSpan?)null);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 36_500
            ? new Retention(days == 0 ? null : TimeSpan.FromDays(days))
            : throw new InvalidOperationException(
                $"The setting {Setting.Replace(":", "__", StringComparison.Ordinal)} is \"{text}\" where a whole number of days is wanted; 0 keeps runs for ever.");
    }
}
