using System.Globalization;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Leaderboards;

/// <summary>How a leaderboard is asked for, by name and value: the query of <c>GET …/leaderboard</c> and the options of
/// <c>arena show</c> are the same words.</summary>
public static class LeaderboardQuery
{
    public static readonly IReadOnlyList<string> Names =
        ["preset", "method", "style", "style_features", "style_reference", "incomplete_pairs", "bootstrap", "rounds", "confidence", "seed",
         "strong_weight", "first_game", "category", "judge", "baseline", "compare"];

    /// <param name="values">A name may come several times: <c>category</c> and <c>judge</c> pool what is named, <c>compare</c> names
    /// the models whose differences are wanted.</param>
    /// <exception cref="ProblemException">Every name or value that is not known.</exception>
    public static LeaderboardOptions Parse(IEnumerable<(string Name, string Value)> values, LeaderboardOptions defaults)
    {
        var problems = new List<Problem>();
        var given = values.ToLookup(value => value.Name, value => value.Value, StringComparer.Ordinal);
        foreach (var unknown in given.Select(group => group.Key).Where(name => !Names.Contains(name)))
            Report($"{unknown} is no option of a leaderboard{Nearest.Hint(unknown, Names)}");

        var pairwise = OneOf("preset", "default", "v0.1", "v2.0") switch
        {
            "v0.1" => PairwiseOptions.PublishedV01,
            "v2.0" => PairwiseOptions.PublishedV20,
            _ => defaults.Pairwise,
        };
        var bootstrap = pairwise.Bootstrap with
        {
            Unit = OneOf("bootstrap", "question", "vote") switch
            {
                "question" => BootstrapUnit.Question,
                "vote" => BootstrapUnit.Vote,
                _ => pairwise.Bootstrap.Unit,
            },
            Rounds = (int)(Number("rounds", 0, 100_000) ?? pairwise.Bootstrap.Rounds),
            Confidence = Number("confidence", 0.5, 0.9999) ?? pairwise.Bootstrap.Confidence,
            Seed = (long)(Number("seed", 0, int.MaxValue) ?? pairwise.Bootstrap.Seed),
        };
        pairwise = pairwise with
        {
            Bootstrap = bootstrap,
            Method = OneOf("method", "win_rate", "bradley_terry") switch
            {
                "win_rate" => PairwiseMethod.WinRate,
                "bradley_terry" => PairwiseMethod.BradleyTerry,
                _ => pairwise.Method,
            },
            Style = OneOf("style", "none", "length", "markdown", "both") switch
            {
                "none" => StyleControl.None,
                "length" => StyleControl.Length,
                "markdown" => StyleControl.Markdown,
                "both" => StyleControl.LengthAndMarkdown,
                _ => pairwise.Style,
            },
            StyleFeatures = OneOf("style_features", "v0.1", "v2.0") switch
            {
                "v0.1" => StyleFeatures.V01,
                "v2.0" => StyleFeatures.V20,
                _ => pairwise.StyleFeatures,
            },
            StyleReference = OneOf("style_reference", "pool_mean", "equal_style") switch
            {
                "pool_mean" => StyleReference.PoolMean,
                "equal_style" => StyleReference.EqualStyle,
                _ => pairwise.StyleReference,
            },
            IncompletePairs = OneOf("incomplete_pairs", "drop", "keep") switch
            {
                "drop" => IncompletePairs.Drop,
                "keep" => IncompletePairs.Keep,
                _ => pairwise.IncompletePairs,
            },
            StrongWeight = Number("strong_weight", 1, 1000) ?? pairwise.StrongWeight,
            FirstGameOnly = OneOf("first_game", "true", "false") is { } first ? first == "true" : pairwise.FirstGameOnly,
            Categories = List("category") ?? pairwise.Categories,
            Judges = List("judge") ?? pairwise.Judges,
            Baseline = given["baseline"].LastOrDefault() ?? pairwise.Baseline,
        };
        if (bootstrap.Unit == BootstrapUnit.Vote && pairwise.StrongWeight != Math.Floor(pairwise.StrongWeight))
            Report(string.Create(CultureInfo.InvariantCulture, $"strong_weight is {pairwise.StrongWeight}, but bootstrap is vote, which draws whole votes; name a whole number, or take bootstrap question"));
        if (problems.Count > 0)
            throw new ProblemException(problems);
        return defaults with
        {
            Pairwise = pairwise,
            Single = defaults.Single with { Bootstrap = bootstrap with { Unit = BootstrapUnit.Question }, Categories = pairwise.Categories, Judges = pairwise.Judges },
            Compare = List("compare") ?? defaults.Compare,
        };

        string? OneOf(string name, params string[] known)
        {
            if (given[name].LastOrDefault() is not { } value)
                return null;
            if (known.Contains(value))
                return value;
            Report($"{name} is \"{value}\" where one of {string.Join(", ", known)} is wanted{Nearest.Hint(value, known)}");
            return null;
        }

        double? Number(string name, double lowest, double highest)
        {
            if (given[name].LastOrDefault() is not { } text)
                return null;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest)
                return number;
            Report(string.Create(CultureInfo.InvariantCulture, $"{name} is \"{text}\" where a number from {lowest} to {highest} is wanted"));
            return null;
        }

        IReadOnlyList<string>? List(string name) => given[name].ToArray() is { Length: > 0 } list ? list : null;

        void Report(string message) => problems.Add(new Problem(null, null, null, message));
    }
}
