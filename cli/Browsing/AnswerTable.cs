using System.Globalization;
using ArenaBench.Cli.Output;
using ArenaBench.Functions.Api;
using Spectre.Console;

namespace ArenaBench.Cli.Browsing;

/// <summary>A run's answers as a table.</summary>
internal static class AnswerTable
{
    public static void Write(IAnsiConsole console, AnswerList list)
    {
        FittedTable.Write(
            console,
            [new("#", IsKey: true), FittedColumn.Text("id"), FittedColumn.Text("category"), FittedColumn.Key("model"), FittedColumn.Text("result"), new("tokens"), new("seconds")],
            list.Answers.Select(answer => (string[])
            [
                answer.Question.ToString(CultureInfo.InvariantCulture), answer.QuestionId, answer.Category, answer.Model, AnswerResult.Of(answer),
                answer.Tokens?.ToString(CultureInfo.InvariantCulture) ?? "-", (answer.LatencyMs / 1000)?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-",
            ]));
        console.WriteLine($"{list.Total.ToString(CultureInfo.InvariantCulture)} of {list.Of.ToString(CultureInfo.InvariantCulture)} answers");
    }
}
