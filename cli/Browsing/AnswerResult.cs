using System.Globalization;
using ArenaBench.Functions.Api;

namespace ArenaBench.Cli.Browsing;

/// <summary>What came of an answer, in a few words.</summary>
internal static class AnswerResult
{
    public static string Of(ListedAnswer answer)
    {
        var games = string.Join(", ", answer.Games.GroupBy(game => game.Judge).Select(judge => string.Join(' ', judge.OrderBy(game => game.Game).Select(Of))));
        // The games last: on a narrow screen they are what is cut.
        string?[] words =
        [
            answer.Reason is null ? null : answer.Status,
            answer.Games.Count > 1 ? Value(answer) : answer.Games.Count == 1 ? games : answer.Reason is null ? "not judged" : null,
            answer.GamesDisagree ? "games disagree" : null,
            answer.JudgesDisagree ? "judges disagree" : null,
        ];
        return string.Join(", ", words.OfType<string>()) + (answer.Games.Count > 1 ? $" ({games})" : "");
    }

    /// <summary>A rating, a verdict, or why there is neither.</summary>
    public static string Of(ListedGame game) =>
        game.Rating?.ToString("0.##", CultureInfo.InvariantCulture) ?? game.Verdict ?? game.Unscored ?? game.Status;

    private static string Value(ListedAnswer answer) => answer.Value is not { } value ? "-"
        : value.ToString(answer.Games.Any(game => game.Rating is not null) ? "0.##" : "+0.##;-0.##;0", CultureInfo.InvariantCulture);
}
