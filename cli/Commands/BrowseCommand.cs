using System.CommandLine;
using System.Text.Json;
using ArenaBench.Cli.Browsing;
using ArenaBench.Cli.Client;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;
using ArenaBench.Core.Records;
using ArenaBench.Functions.Api;

namespace ArenaBench.Cli.Commands;

internal static class BrowseCommand
{
    private enum Format
    {
        Table,
        Json,
        Jsonl,
    }

    public static Command Create()
    {
        var command = new Command("browse", "Reads a run's answers and judgments: with keys on a terminal, else as a list, or one answer, for pipes and programs.");
        var run = new Argument<string>("RUN") { Description = "The run's id." };
        var question = new Option<string?>("--question") { Description = "One answer instead of the list: the question's number in the run, from 0.", HelpName = "N" };
        var of = new Option<string?>("--of") { Description = "Whose answer to that question; by default --model, or the run's first model.", HelpName = "MODEL" };
        var format = new Option<Format?>("--format") { Description = "table, json or jsonl (one answer a line), printed; without it, a terminal is used as a screen." };
        command.Arguments.Add(run);
        command.Options.Add(question);
        command.Options.Add(of);
        var filter = new BrowseOptions(command);
        command.Options.Add(format);
        command.Validators.Add(result =>
        {
            if (result.GetValue(of) is not null && result.GetValue(question) is null)
                result.AddError("--of says whose answer to show: it goes with --question N. The list is filtered with --model.");
        });
        var host = new HostOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = await HostSession.OpenAsync(host.Read(parsed), EmbeddedOptions.Default, cancellationToken);
            var (id, number, model, wanted) = (parsed.GetValue(run)!, parsed.GetValue(question), parsed.GetValue(of), filter.Read(parsed));
            if (parsed.GetValue(format) is null && Terminal.Screen() is { } screen)
                await new AnswerBrowser(screen, session.Client, id, wanted).RunAsync(number, model, cancellationToken);
            else if (number is null)
                Print(await (await AnswerPages.OpenAsync(session.Client, id, wanted, cancellationToken)).AllAsync(cancellationToken), parsed.GetValue(format));
            else
                Print(await session.Client.GetAnswerAsync(id, number, model is null ? wanted : [("of", model), .. wanted], cancellationToken), parsed.GetValue(format));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Print(AnswerList list, Format? format)
    {
        if (format == Format.Json)
            Line(list, JsonFiles.Indented);
        else if (format == Format.Jsonl)
        {
            foreach (var answer in list.Answers)
                Line(answer, JsonFiles.Options);
        }
        else
            AnswerTable.Write(Terminal.Out, list);
    }

    private static void Print(AnswerDetail answer, Format? format)
    {
        if (format is Format.Json or Format.Jsonl)
            Line(answer, format == Format.Json ? JsonFiles.Indented : JsonFiles.Options);
        else
            Terminal.Out.Write(new LinesOfText(AnswerText.Lines(Terminal.Out.Profile.Width, answer, thoughts: true)));
    }

    private static void Line<T>(T value, JsonSerializerOptions options) => Console.Out.WriteLine(SafeText.Json(JsonSerializer.Serialize(value, options)));
}
