using ArenaBench.Cli.Client;
using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <summary>What a run would cost, for people: by model, by judge, in all.</summary>
internal static class EstimateTable
{
    public static void Write(IAnsiConsole console, DryRun run)
    {
        var estimate = run.Estimate;
        FittedTable.Write(
            console,
            [
                FittedColumn.Key("model"), new("answers"), new("games"), new("there already"), new("input"), new("output"),
                new("answers cost"), new("judging costs"), FittedColumn.Text("length taken from"),
            ],
            [
                .. estimate.Models.Select(model => (string[])
                [
                    model.Model, $"{model.Answers}", $"{model.Games}", $"{model.Reused}", Money.Tokens(model.Input.Value), Money.Tokens(model.Output.Value),
                    Money.Usd(model.Usd), Money.Usd(model.JudgingUsd), model.Answers == 0 ? "" : model.Basis,
                ]),
                .. estimate.Judges.Select(judge => (string[])
                [
                    $"{judge.Judge} (judge)", "", $"{judge.Games}", "", Money.Tokens(judge.Input.Value), Money.Tokens(judge.Output.Value),
                    "", Money.Usd(judge.Usd), judge.Games == 0 ? "" : judge.Basis,
                ]),
            ]);
        console.MarkupLineInterpolated($"{SafeText.Clean(run.Benchmark)}, {run.Questions} questions: {estimate.Calls} calls, {Money.Tokens(estimate.Tokens.Value)} tokens ({Money.Tokens(estimate.Tokens.Lower)} – {Money.Tokens(estimate.Tokens.Upper)})");
        if (estimate.Usd is { } usd)
            console.MarkupLineInterpolated($"It costs [bold]{Money.Usd(usd)}[/] with nine chances of ten, {Money.Usd(estimate.UsdAtMost)} if every reply were as long as its limit allows");
        if (estimate.Unpriced.Count > 0)
            console.MarkupLineInterpolated($"Without a price, and not in the dollars: {SafeText.Clean(string.Join(", ", estimate.Unpriced))}");
        if (run.Budget is { } budget)
            console.MarkupLineInterpolated($"The budget is {budget}{(estimate.Exceeds(budget) ? ": probably not enough for all of it" : "")}");
        if (estimate.Advice is { } advice)
            console.MarkupLineInterpolated($"[grey]{advice}[/]");
    }
}
