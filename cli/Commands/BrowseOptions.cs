using System.CommandLine;

namespace ArenaBench.Cli.Commands;

/// <summary>Which answers are wanted: the filters of <c>GET /api/runs/{id}/questions</c> as options. The host says what is wrong in one.</summary>
internal sealed class BrowseOptions
{
    private readonly List<(string Name, Option<string?> Option)> _words = [];
    private readonly Option<bool> _regex = new("--regex") { Description = "What is searched for is a regular expression." };

    public BrowseOptions(Command command)
    {
        Word("model", "Only this model's answers.", new("--model"));
        Word("category", "Only questions of this category.", new("--category"));
        Word("verdict", "win, loss, tie, games_disagree or judges_disagree.", new("--verdict"));
        Word("status", "scored, unscored or failed.", new("--status"));
        Word("reason", "Failed with this status, such as content_filter.", new("--reason"));
        Word("min", "With a mean rating from this on.", new("--min"));
        Word("max", "With a mean rating up to this.", new("--max"));
        Word("better", "With --than: questions on which this model did better …", new("--better"));
        Word("than", "… than this one.", new("--than"));
        Word("q", "Whose question, or its id, holds this text.", new("--search", "-q"));
        command.Options.Add(_regex);

        void Word(string name, string description, Option<string?> option)
        {
            option.Description = description;
            _words.Add((name, option));
            command.Options.Add(option);
        }
    }

    public IReadOnlyList<(string Name, string Value)> Read(ParseResult parsed) =>
    [
        .. _words.Select(word => (word.Name, Value: parsed.GetValue(word.Option)!)).Where(word => word.Value is not null),
        .. parsed.GetValue(_regex) ? [("regex", "true")] : Array.Empty<(string, string)>(),
    ];
}
