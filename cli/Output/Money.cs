using System.Globalization;
using ArenaBench.Core.Costs;

namespace ArenaBench.Cli.Output;

/// <summary>Dollars and tokens for people.</summary>
internal static class Money
{
    public static string Usd(decimal? usd) => usd is { } known ? Dollars.Of(known) : "-";

    public static string Usd(CostRange? range) => range is null ? "-" : $"{Usd(range.Value)} ({Usd(range.Lower)} – {Usd(range.Upper)})";

    public static string Tokens(decimal tokens) => tokens switch
    {
        >= 10_000_000 => (tokens / 1_000_000).ToString("#,0.0M", CultureInfo.InvariantCulture),
        >= 10_000 => (tokens / 1000).ToString("#,0k", CultureInfo.InvariantCulture),
        _ => tokens.ToString("#,0", CultureInfo.InvariantCulture),
    };
}
