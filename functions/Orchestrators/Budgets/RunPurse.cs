using ArenaBench.Core.Costs;

namespace ArenaBench.Functions.Orchestrators;

/// <summary>A run's budget, handed to its models pass by pass: in the first by what their work costs; what they leave goes, in the next
/// passes, to those that still have work. Deterministic.</summary>
/// <param name="budget">Null: everything is free.</param>
internal sealed class RunPurse(Amount? budget)
{
    /// <summary>Fewer models than shares, rather than shares that pay for nothing.</summary>
    private const int LeastQuestions = 2;

    private Amount _left = budget ?? Amount.Zero;

    public bool IsEndless => budget is null;

    /// <returns>The models that get something; none: nothing that is left is of use to anyone.</returns>
    public IReadOnlyList<(GoingModel Model, Grant? Grant)> Share(IReadOnlyList<GoingModel> going)
    {
        if (IsEndless)
            return [.. going.Select(model => (model, (Grant?)null))];
        var shares = new List<(GoingModel, Grant?)>();
        var weight = going.Sum(WeightOf);
        // Where not everybody can be given something, those that are furthest behind come first.
        foreach (var model in going.OrderByDescending(model => model.Left).ThenBy(model => model.Plan.Model))
        {
            var left = _left.Or(Amount.Zero);
            var granted = left.Share(weight > 0 ? Math.Min(1, WeightOf(model) / weight) : 0).Or(model.Needs * LeastQuestions).UpTo(left);
            weight -= WeightOf(model);
            if (model.IsTried && !model.Needs.FitsIn(granted))
                continue;
            _left -= granted;
            shares.Add((model, new Grant(granted)));
        }

        return shares;
    }

    public void Return(Grant? grant, Spending spent)
    {
        if (grant is not null)
            _left += grant.Allowance - spent.AtMost;
    }

    // The same part for each question of a model that is left.
    private static decimal WeightOf(GoingModel model) => Math.Max(model.Plan.Weight, 0.000_000_001m) * model.Left;
}

/// <summary>A model with work left.</summary>
/// <param name="Open">Null: all of it, before its first pass.</param>
internal sealed record GoingModel(ModelPlan Plan, IReadOnlyList<OpenShard>? Open, Stops Stops)
{
    public bool IsTried => Open is not null;

    public int Questions => Open?.Sum(shard => shard.Questions) ?? Plan.Questions;

    /// <summary>Of its questions, the part that is not done.</summary>
    public decimal Left => Math.Max(1, Questions) / (decimal)Math.Max(1, Plan.Questions);

    public Amount Needs => Open is { Count: > 0 } ? Open.MinBy(shard => (shard.Needs.Usd, shard.Needs.Tokens))!.Needs : Plan.Needs ?? Amount.Zero;
}
