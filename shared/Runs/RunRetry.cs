using ArenaBench.Core.Configuration;
using ArenaBench.Core.Costs;

namespace ArenaBench.Core.Runs;

/// <summary>The same run once more, not yet planned. A budget bounds it together with the attempts before.</summary>
public sealed class RunRetry(RunSpending spending)
{
    private const string Source = "the request body";

    /// <param name="budget">Null: the run's own.</param>
    /// <exception cref="ProblemException">The budget cannot be kept, or is spent.</exception>
    public async Task<FrozenRun> NextAsync(FrozenRun last, Budget? budget, CancellationToken cancellationToken)
    {
        var spec = last.Spec with { Attempt = last.Spec.Attempt + 1, Budget = budget ?? last.Spec.Budget };
        if (spec.Budget is not { } bound)
            return new FrozenRun(spec, last.Questions, null);

        var answering = spec.What == RunWork.Judge ? [] : spec.AnsweringModels;
        var problems = BudgetChecks.Of(
            bound, answering, spec.Generation, spec.Judges, spec.Judging, (_, message) => new Problem(Source, null, null, message)).ToArray();
        if (problems.Length > 0)
            throw new ProblemException(problems);
        var spent = (spec.SpentBefore ?? Spending.None).Plus(await spending.OfAsync(last, cancellationToken));
        var left = bound.Less(spent);
        if (left.Usd == 0 || left.Tokens == 0)
        {
            throw new ProblemException(new Problem(Source, null, null, FormattableString.Invariant(
                $"budget is {bound}, and the run has spent ${spent.AtMost.Usd:0.####} and {spent.AtMost.Tokens} tokens before; it bounds all attempts of a run together")));
        }

        return new FrozenRun(spec with { SpentBefore = spent }, last.Questions, null);
    }
}

/// <summary>Reads the body of <c>POST /api/runs/{id}/retry</c>.</summary>
public static class RetryRequest
{
    /// <returns>Null: no other budget.</returns>
    /// <exception cref="ProblemException">Something in it is wrong.</exception>
    public static Budget? Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var problems = new List<Problem>();
        var reader = new ConfigReader(YamlReader.Parse(text, "the request body"), problems);
        var budget = BudgetReader.Read(reader);
        reader.ReportUnknownKeys();
        return problems.Count == 0 ? budget : throw new ProblemException(problems);
    }
}
