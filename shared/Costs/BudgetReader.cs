using ArenaBench.Core.Configuration;

namespace ArenaBench.Core.Costs;

/// <summary>Reads <c>budget: {usd: 5, tokens: 2000000}</c>.</summary>
public static class BudgetReader
{
    private const double MostUsd = 1e9;

    public static Budget? Read(ConfigReader reader)
    {
        if (reader.Section("budget") is not { } section)
            return null;
        var usd = section.Number("usd", 0, MostUsd);
        var tokens = section.Number("tokens", 0, 1e15);
        if (!section.Has("usd") && !section.Has("tokens"))
            reader.Report("budget", "budget has neither usd nor tokens; write what may be spent, such as budget: {usd: 5}");
        if (usd == 0 || tokens is >= 0 and < 1)
            reader.Report("budget", "budget is 0, which no call fits in; leave it out for a run without one");
        if (tokens is { } number && number != Math.Floor(number))
            section.Report("tokens", "budget.tokens is not a whole number");
        section.ReportUnknownKeys();
        return new Budget((decimal?)usd, (long?)tokens);
    }
}
