using ArenaBench.Core.Models;

namespace ArenaBench.Core.Runs;

/// <summary>About what a model's work costs, to divide a budget so that all models get equally far.</summary>
public static class BudgetWeight
{
    private static readonly (int Input, int Output) TypicalAnswer = (300, 700);
    private static readonly (int Input, int Output) TypicalGame = (2000, 400);

    public static decimal Of(RunSpec spec, int model, ModelWork work)
    {
        var items = work.Shards.SelectMany(shard => shard).ToArray();
        var answers = items.Count(item => item.Answer) * spec.Generation.Choices * Each(spec, spec.AnsweringModels[model].Settings, TypicalAnswer);
        return answers + items.SelectMany(item => item.Games).Sum(game => Each(spec, spec.Judges[game / 2].Settings, TypicalGame));
    }

    private static decimal Each(RunSpec spec, ModelSettings? settings, (int Input, int Output) typical) =>
        spec.Budget?.Usd is null
            ? typical.Input + typical.Output
            : settings?.Price is { } price ? (typical.Input * price.Input) + (typical.Output * price.Output) : 0;
}
