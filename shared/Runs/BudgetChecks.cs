using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Costs;
using ArenaBench.Core.Models;
using ArenaBench.Core.Models.Providers;

namespace ArenaBench.Core.Runs;

/// <summary>Whether a budget can be kept: the most that a call may cost has to be known before it is made.</summary>
internal static class BudgetChecks
{
    /// <param name="answering">Models that may be asked to answer.</param>
    /// <param name="at">A problem of a model, by its name.</param>
    public static IEnumerable<Problem> Of(
        Budget budget, IEnumerable<RunModel> answering, GenerationConfig generation, IEnumerable<RunModel> judges, JudgeConfig judging,
        Func<string, string, Problem> at)
    {
        var asked = answering.Select(model => (model.Settings, Limit: model.Settings?.MaxTokens ?? generation.MaxTokens))
            .Concat(judges.Select(judge => (judge.Settings, Limit: judging.MaxTokens ?? judge.Settings?.MaxTokens ?? 0)))
            .ToArray();
        var unpriced = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (settings, limit) in asked)
        {
            if (settings is null)
                continue;
            if (budget.Usd is not null && settings.Price is null && unpriced.Add(settings.Name))
            {
                yield return at(settings.Name,
                    $"{settings.Name} has no price, and the run's budget is in dollars; add price: {{input: …, output: …}}, US dollars per million tokens, or give the budget in tokens");
            }

            if (OutputLimit.Of(settings, limit == 0 ? null : limit) is null)
            {
                yield return at(settings.Name,
                    $"{settings.Name} answers without a limit of length, so that no budget can be kept; {Remedy(settings)}");
            }
        }
    }

    private static string Remedy(ModelSettings settings) => settings.Extra.ContainsKey("extra_body")
        ? "write max_tokens in its entry instead of in extra_body"
        : settings.Extra.GetValueOrDefault("token_limit") == "none" ? "take token_limit: none out of its entry" : "write max_tokens in its entry";
}
