using System.Globalization;
using ArenaBench.Core.Configuration;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Functions.Api;

/// <summary>What <c>POST /api/clean</c> is to do.</summary>
/// <param name="OlderThan">Runs that ended longer ago are deleted; null: none.</param>
internal sealed record CleaningRequest(TimeSpan? OlderThan, bool DryRun)
{
    /// <exception cref="ProblemException">Anything not understood: a deletion does only what was clearly asked for.</exception>
    public static CleaningRequest Read(IQueryCollection query)
    {
        var problems = new List<Problem>();
        TimeSpan? olderThan = null;
        var dryRun = false;
        foreach (var (key, values) in query)
        {
            var value = values.ToString();
            switch (key)
            {
                case "code":
                    break;
                case "older_than_days" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 36_500:
                    olderThan = TimeSpan.FromDays(days);
                    break;
                case "older_than_days":
                    problems.Add(new Problem(null, null, null, "older_than_days wants a whole number of days, 0 to 36500"));
                    break;
                case "dry_run" when bool.TryParse(value, out dryRun):
                    break;
                case "dry_run":
                    problems.Add(new Problem(null, null, null, "dry_run wants true or false"));
                    break;
                default:
                    problems.Add(new Problem(null, null, null, $"unknown option{Nearest.Hint(key, ["older_than_days", "dry_run"])}; there are: older_than_days, dry_run"));
                    break;
            }
        }

        return problems.Count == 0 ? new CleaningRequest(olderThan, dryRun) : throw new ProblemException(problems);
    }
}
