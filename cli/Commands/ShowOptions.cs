using System.CommandLine;

namespace ArenaBench.Cli.Commands;

/// <summary>How the leaderboard is to be computed: the words of <see cref="Core.Leaderboards.LeaderboardQuery"/> as options.</summary>
internal sealed class ShowOptions
{
    private readonly List<Option<string?>> _single = [];
    private readonly List<Option<string[]>> _several = [];

    public ShowOptions(Command command)
    {
        One("preset", "default, v0.1 or v2.0: the published computations, bootstrap by vote included.");
        One("method", "win_rate or bradley_terry.");
        One("style", "Style control: none, length, markdown or both.");
        One("style-features", "How style differences are counted: v0.1 or v2.0; by default as the benchmark's dialect.");
        One("style-reference", "Style at which win rates are read off: pool_mean (as published; default) or equal_style.");
        One("incomplete-pairs", "A question of which one game has no verdict: drop (as v2.0; default) or keep (as v0.1).");
        One("bootstrap", "question (valid; default) or vote (as published).");
        One("rounds", "Bootstrap rounds; 1000 by default.");
        One("confidence", "Of the intervals; 0.95 by default.");
        One("seed", "Of the bootstrap.");
        One("strong-weight", "How many ordinary verdicts A>>B counts as; 3 by default.");
        One("first-game", "true: only the games with the baseline shown first.");
        One("baseline", "The model that strengths are measured against.");
        Several("category", "Only these categories: each, and pooled.");
        Several("judge", "Only these judges: each, and pooled.");
        Several("compare", "Is one model better than another? One model: with every other; several: every two of them.");

        void One(string name, string description) => Add(new Option<string?>("--" + name) { Description = description }, _single);
        void Several(string name, string description) => Add(new Option<string[]>("--" + name) { Description = description, AllowMultipleArgumentsPerToken = true }, _several);
        void Add<T>(Option<T> option, List<Option<T>> list)
        {
            list.Add(option);
            command.Options.Add(option);
        }
    }

    public IReadOnlyList<(string Name, string Value)> Read(ParseResult parsed) =>
    [
        .. _single.Select(option => (option.Name, Value: parsed.GetValue(option))).Where(option => option.Value is not null)
            .Select(option => (NameOf(option.Name), option.Value!)),
        .. _several.SelectMany(option => (parsed.GetValue(option) ?? []).Select(value => (NameOf(option.Name), value))),
    ];

    private static string NameOf(string option) => option.TrimStart('-').Replace('-', '_');
}
