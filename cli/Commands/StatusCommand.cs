using System.CommandLine;
using System.Globalization;
using ArenaBench.Cli.Client;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;
using Spectre.Console;

namespace ArenaBench.Cli.Commands;

internal static class StatusCommand
{
    public static Command Create()
    {
        var command = new Command("status", "Lists runs, or shows one with the progress of its models.");
        var run = new Argument<string?>("RUN") { Arity = ArgumentArity.ZeroOrOne, Description = "A run's id." };
        var json = new Option<bool>("--json") { Description = "The same as JSON, as the HTTP API has it." };
        command.Arguments.Add(run);
        command.Options.Add(json);
        var host = new HostOptions(command);
        command.SetAction((parsed, cancellationToken) => ShowAsync(host.Read(parsed), parsed.GetValue(run), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(HostChoice choice, string? id, bool json, CancellationToken cancellationToken)
    {
        await using var session = await HostSession.OpenAsync(choice, EmbeddedOptions.Default, cancellationToken);
        if (json)
        {
            Console.Out.WriteLine(await session.Client.GetRunsJsonAsync(id, cancellationToken));
            return ExitCodes.Ok;
        }

        RunView? shown = null;
        var table = new Table().Border(TableBorder.Rounded);
        if (id is null)
        {
            table.AddColumns("run", "status", "started");
            foreach (var run in await session.Client.ListRunsAsync(cancellationToken))
                table.AddRow(Markup.Escape(run.Id), Markup.Escape(run.Status), run.Created.ToString("u", CultureInfo.InvariantCulture));
        }
        else
        {
            var run = shown = await session.Client.GetRunAsync(id, cancellationToken);
            Terminal.Out.MarkupLineInterpolated($"{run.Id}: {run.Status}{(run.Phase is null ? "" : $" ({run.Phase})")}, benchmark {run.Benchmark}, attempt {run.Attempt}");
            table.AddColumns("model", "answers", "games", "failed", "already there");
            foreach (var model in run.Models)
            {
                table.AddRow(
                    Markup.Escape(SafeText.Clean(model.Model)), $"{model.Totals.AnswersDone}/{model.Totals.Answers}",
                    $"{model.Totals.GamesDone}/{model.Totals.Games}",
                    Markup.Escape(string.Join(", ", model.Totals.Failures.Select(failure => $"{failure.Value} {failure.Key}"))), $"{model.Settled}");
            }
        }

        Terminal.Out.Write(table);
        if (shown is not null)
            CostSummary.Write(Terminal.Out, shown);
        return ExitCodes.Ok;
    }
}
