using System.Globalization;

namespace ArenaBench.Core.Costs;

/// <summary>Dollars for people: as exact as they are small.</summary>
public static class Dollars
{
    private const decimal Least = 0.0001m;

    public static string Of(decimal usd) => usd is > 0 and < Least
        ? $"under {Of(Least)}"
        : usd.ToString(usd is 0 or >= 100 ? "$#,0" : usd >= 1 ? "$0.00" : "$0.0000", CultureInfo.InvariantCulture);
}
