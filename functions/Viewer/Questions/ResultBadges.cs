using ArenaBench.Core.Judging;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Browsing;

namespace ArenaBench.Functions.Viewer;

/// <summary>What came of an answer, in a few words that do not stand on colour alone.</summary>
internal static class ResultBadges
{
    public static Html Of(QuestionRow row)
    {
        if (row.Answer is { } failed && !failed.Status.HasRecord() && row.Games.Count == 0)
            return Failed(failed.Status);
        return Html.Of($"""
            {Html.Each(row.Games, Of)}{Html.If(Verdicts.GamesDisagree(row), () => Html.Of($"<span class='chip warn'>games disagree</span> "))}{Html.If(Verdicts.JudgesDisagree(row), () => Html.Of($"<span class='chip warn'>judges disagree</span>"))}
            """);
    }

    public static Html Of(int? game, Score score)
    {
        if (score.Rating is { } rating)
            return Html.Of($"<span class='chip'>{rating}</span> ");
        if (score.Unscored is { } reason)
            return Html.Of($"<span class='chip warn'>unscored: {Words.Of(UnscoredReasonName.Of(reason))}</span> ");
        return Verdicts.ForModel(game, score) switch
        {
            2 => Html.Of($"<span class='chip good'>wins clearly</span> "),
            1 => Html.Of($"<span class='chip good'>wins</span> "),
            0 => Html.Of($"<span class='chip'>tie</span> "),
            -1 => Html.Of($"<span class='chip bad'>loses</span> "),
            _ => Html.Of($"<span class='chip bad'>loses clearly</span> "),
        };
    }

    public static Html Failed(RecordStatus status) => Html.Of($"<span class='chip bad'>{Words.Of(status.ToString())}</span> ");

    /// <summary>In the place of a record that cannot be read.</summary>
    public static Html Damaged(string? why) => Html.Of($"<p class='problem'>This record is damaged and was left out: {why}</p>");

    private static Html Of(IndexRow game) => game.Score is { } score ? Of(game.Key.GameNumber, score) : Failed(game.Status);
}
