using System.CommandLine;
using System.Text.Json.Nodes;

namespace ArenaBench.Cli.Commands;

/// <summary><c>--budget-usd</c> and <c>--budget-tokens</c>.</summary>
internal sealed class BudgetOptions
{
    private readonly Option<decimal?> _usd = new("--budget-usd") { Description = "US dollars that the run may cost, all its retries together.", HelpName = "USD" };
    private readonly Option<long?> _tokens = new("--budget-tokens") { Description = "Tokens that it may use, input and output.", HelpName = "TOKENS" };

    public BudgetOptions(Command command)
    {
        command.Options.Add(_usd);
        command.Options.Add(_tokens);
    }

    /// <returns>Null when neither is given.</returns>
    public JsonObject? Read(ParseResult parsed)
    {
        var budget = new JsonObject();
        if (parsed.GetValue(_usd) is { } usd)
            budget["usd"] = usd;
        if (parsed.GetValue(_tokens) is { } tokens)
            budget["tokens"] = tokens;
        return budget.Count == 0 ? null : budget;
    }
}
