using System.Globalization;
using ArenaBench.Core.Benchmarks;

namespace ArenaBench.Core.Judging;

/// <summary>Reads a rating or a verdict from a judge's reply by one of the published rules.</summary>
public static class ScoreParser
{
    private const int LowestRating = 1;
    private const int HighestRating = 10;

    public static Score Parse(JudgeConfig config, string reply) => Parse(config.Mode, config.Rule, config.Patterns, reply);

    /// <param name="reply">With several attempts, all of them: see <see cref="JudgePrompt.JoinReplies"/>.</param>
    public static Score Parse(JudgingMode mode, ScoreRule rule, IReadOnlyList<string> patterns, string reply) => rule switch
    {
        ScoreRule.SingleRating => ParseSingleRating(reply),
        ScoreRule.AllMatchesAgree => ParseAllMatchesAgree(mode, patterns, reply),
        ScoreRule.LastMatch => ParseLastMatch(mode, patterns, reply),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Not a rule."),
    };

    /// <summary>The judge has not committed itself: it may be asked to finish. Several scores that disagree are final.</summary>
    public static bool MayAskAgain(Score score) => score.Unscored is UnscoredReason.NoScore or UnscoredReason.NotANumber;

    /// <summary>Why a recorded reply has no score; <see cref="UnscoredReason.Recorded"/> when the rule does find one in it.</summary>
    internal static UnscoredReason ReasonFor(JudgingMode mode, ScoreRule rule, string reply) =>
        Parse(mode, rule, ScorePatterns.Published(rule), reply).Unscored ?? UnscoredReason.Recorded;

    internal static Score OfNumber(double number) => number switch
    {
        >= LowestRating and <= HighestRating => Score.OfRating(number),
        _ => Score.None(UnscoredReason.OutOfRange),
    };

    internal static Score OfLabel(string label) =>
        VerdictLabel.Parse(label) is { } verdict ? Score.OfVerdict(verdict) : Score.None(UnscoredReason.UnknownLabel);

    private static Score ParseSingleRating(string reply)
    {
        var matches = ScorePatterns.Matches(ScorePatterns.Rating, reply);
        return matches.Count switch
        {
            0 => Score.None(HasBracketedText(reply) ? UnscoredReason.NotANumber : UnscoredReason.NoScore),
            1 => Read(JudgingMode.Single, matches[0]),
            _ => Score.None(UnscoredReason.SeveralScores),
        };
    }

    private static Score ParseAllMatchesAgree(JudgingMode mode, IReadOnlyList<string> patterns, string reply)
    {
        var labels = patterns.SelectMany(p => ScorePatterns.Matches(p, reply)).Distinct(StringComparer.Ordinal).ToList();
        return labels.Count switch
        {
            0 => Score.None(UnscoredReason.NoScore),
            1 => Read(mode, labels[0]),
            _ => Score.None(UnscoredReason.SeveralScores),
        };
    }

    private static Score ParseLastMatch(JudgingMode mode, IReadOnlyList<string> patterns, string reply)
    {
        var upper = reply.ToUpperInvariant();
        foreach (var pattern in patterns)
        {
            var matches = ScorePatterns.Matches(pattern, upper);
            if (matches.Count > 0) return Read(mode, matches[^1]);
        }
        return Score.None(UnscoredReason.NoScore);
    }

    private static Score Read(JudgingMode mode, string match)
    {
        var label = match.Trim('\n');
        if (mode == JudgingMode.Pairwise) return OfLabel(label);
        return double.TryParse(AsciiDigits(label), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? OfNumber(number)
            : Score.None(UnscoredReason.NotANumber);
    }

    // Published pipelines read digits of every script, as \d does.
    private static string AsciiDigits(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            var digit = CharUnicodeInfo.GetDecimalDigitValue(source, i);
            span[i] = digit >= 0 ? (char)('0' + digit) : source[i];
        }
    });

    private static bool HasBracketedText(string reply) => ScorePatterns.Matches(@"\[\[([^\[\]]+)\]\]", reply).Count > 0;
}
