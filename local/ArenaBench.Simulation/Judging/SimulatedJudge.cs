using System.Globalization;
using System.Text.RegularExpressions;
using ArenaBench.Simulation.Models;

namespace ArenaBench.Simulation.Judging;

/// <summary>Judges texts. It is given the prompt and nothing else: no model's name, no quality. What it finds it derives from the question and the answers.</summary>
internal static partial class SimulatedJudge
{
    private const double TieBelow = 0.05;
    private const double SlightBelow = 0.3;

    public static string Judge(SimulatedModel judge, JudgePrompt prompt, ulong seed)
    {
        var hash = StableHash.Of(seed, judge.Name);
        var first = AnswerAssessment.Of(prompt.First, prompt, judge.Discernment, hash);
        if (prompt.Second is null)
            return Rate(judge, prompt, first, hash);

        var second = AnswerAssessment.Of(prompt.Second, prompt, judge.Discernment, hash);
        var mood = StableHash.Normal(StableHash.Mix(StableHash.Of(hash, prompt.First), StableHash.Of(hash, prompt.Second)));
        var length = Math.Tanh(Math.Log((prompt.First.Length + 200.0) / (prompt.Second.Length + 200.0)));
        var difference = first.Merit - second.Merit + judge.PositionBias + (judge.LengthBias * length) + (judge.Noise * mood);
        return $"""
            This judgment is simulated.

            Assistant A: {Describe(first)}
            Assistant B: {Describe(second)}

            My final verdict is: [[{Label(difference, prompt)}]]
            """.ReplaceLineEndings("\n");
    }

    private static string Rate(SimulatedModel judge, JudgePrompt prompt, AnswerAssessment answer, ulong hash)
    {
        var (least, most) = ScaleOf(prompt);
        var length = Math.Tanh(Math.Log((prompt.First.Length + 200.0) / 1200));
        var merit = answer.Merit + (judge.LengthBias * length) + (judge.Noise * StableHash.Normal(StableHash.Of(hash, prompt.First)));
        var rating = Math.Clamp((int)Math.Round(least + ((most - least) * merit)), least, most);
        return $"""
            This judgment is simulated.

            The answer: {Describe(answer)}

            Rating: [[{rating}]]
            """.ReplaceLineEndings("\n");
    }

    private static string Describe(AnswerAssessment answer) => answer.IsSimulated
        ? $"of {answer.Expected} points, {answer.Right} are right as far as I can tell, {answer.Wrong} are wrong."
        : "it makes no statement that I can check; I go by its length, its words and chance.";

    private static string Label(double difference, JudgePrompt prompt)
    {
        var size = Math.Abs(difference);
        // MT-Bench's three labels, where the prompt names them and not Arena-Hard's five.
        if (Mentions(prompt, "[[C]]") && !Mentions(prompt, "A>"))
            return size < TieBelow * 2 ? "C" : difference > 0 ? "A" : "B";
        var sign = size < TieBelow ? "=" : size < SlightBelow ? ">" : ">>";
        return difference > 0 || sign == "=" ? $"A{sign}B" : $"B{sign}A";
    }

    private static (int Least, int Most) ScaleOf(JudgePrompt prompt)
    {
        var match = Scale().Match(prompt.Instructions) is { Success: true } found ? found : Scale().Match(prompt.Surroundings);
        if (!match.Success)
            return (1, 10);
        var least = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var most = int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        return most > least ? (least, most) : (1, 10);
    }

    private static bool Mentions(JudgePrompt prompt, string text) =>
        prompt.Instructions.Contains(text, StringComparison.Ordinal) || prompt.Surroundings.Contains(text, StringComparison.Ordinal);

    [GeneratedRegex(@"(?:scale of|number from|rating from|scale from)\s+(\d{1,3})\s*(?:to|-|–)\s*(\d{1,3})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scale();
}
