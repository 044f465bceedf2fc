using System.Globalization;
using System.Text;
using ArenaBench.Simulation.Chat;

namespace ArenaBench.Simulation.Models;

/// <param name="Thought">Of a reasoning model; null for others.</param>
internal sealed record WrittenAnswer(string Text, string? Thought);

/// <summary>Writes a model's answer: readable Markdown that makes some of the question's points, as many of them right as the model is good.</summary>
internal static class AnswerWriter
{
    /// <summary>The first line of every simulated answer, whoever gives it.</summary>
    public const string Notice = "_This answer is simulated: its statements are made up, to rehearse a benchmark._";

    public static WrittenAnswer Write(SimulatedModel model, ChatRequest request, ulong seed, int choice)
    {
        var question = QuestionOf(request);
        var points = Knowledge.PointsOf(question);
        // What a model knows hangs on the question; the wording also on everything else that was sent.
        var knows = StableHash.Mix(StableHash.Of(StableHash.Of(seed, model.Name), question), (ulong)choice);
        var style = StableHash.Mix(StableHash.Mix(seed, request.Key), (ulong)choice);
        var statements = Choose(model, points, question, knows);
        var thought = model.Thinking == ThinkingStyle.None ? null : Think(points, StableHash.Mix(knows, 77));
        return new WrittenAnswer(Compose(model, statements, points[0].Word, style), thought);
    }

    /// <summary>The last user message; with those before it, where it alone says too little ("Go on.").</summary>
    private static string QuestionOf(ChatRequest request)
    {
        var messages = request.Messages.Where(m => m.Role == "user").Select(m => m.Text).ToList();
        if (messages.Count == 0)
            return request.Messages[^1].Text;
        return messages[^1].Length >= 24 ? messages[^1] : string.Join('\n', messages);
    }

    private static List<Statement> Choose(SimulatedModel model, IReadOnlyList<(string Word, string Aspect)> points, string question, ulong hash)
    {
        // Some questions are harder than others, for everybody.
        var difficulty = (StableHash.Unit(StableHash.Of(5, question)) - 0.5) * 0.24;
        var chance = Math.Clamp(model.Quality - difficulty, 0.02, 0.98);
        var statements = new List<Statement>(points.Count);
        for (var i = 0; i < points.Count; i++)
        {
            var (word, aspect) = points[i];
            var draw = StableHash.Mix(hash, (ulong)i);
            if (StableHash.Unit(draw, 0) < chance)
                statements.Add(new Statement(word, aspect, Knowledge.RightValue(word, aspect)));
            else if (StableHash.Unit(draw, 1) < 0.6)
                statements.Add(new Statement(word, aspect, Knowledge.WrongValue(word, aspect, draw)));
        }
        return statements;
    }

    private static string Compose(SimulatedModel model, List<Statement> statements, string word, ulong hash)
    {
        var text = new StringBuilder(2048);
        text.Append(Notice).Append("\n\n");
        ulong draw = 0;
        bool Happens(double chance) => StableHash.Unit(hash, ++draw) < chance;
        string Pick(string[] list) => list[StableHash.Mix(hash, ++draw) % (ulong)list.Length];

        var listed = Happens(model.Markdown);
        var numbered = listed && Happens(0.4);
        var headings = Happens(model.Markdown);
        var section = 0;
        var untilHeading = 0;
        for (var i = 0; i < statements.Count; i++)
        {
            if (headings && untilHeading-- == 0)
            {
                text.Append(i == 0 ? "" : listed ? "\n" : "\n\n").Append(Happens(0.5) ? "## " : "### ").Append(Words.Headings[section++ % Words.Headings.Length]).Append("\n\n");
                untilHeading = 3;
            }
            if (listed)
                text.Append(numbered ? string.Create(CultureInfo.InvariantCulture, $"{i + 1}. ") : "- ");
            var bold = Happens(model.Markdown * 0.4);
            text.Append(bold ? "**" : "").Append(Knowledge.Sentence(statements[i])).Append(bold ? "**" : "");
            if (Happens(model.Verbosity))
                text.Append(' ').AppendFormat(CultureInfo.InvariantCulture, Pick(Words.Remarks), word);
            text.Append(listed ? "\n" : Happens(0.3) ? "\n\n" : " ");
        }
        if (statements.Count == 0)
            text.Append("There is nothing that this model can say about it.\n");
        while (Happens(model.Verbosity * 0.6))
            text.Append('\n').AppendFormat(CultureInfo.InvariantCulture, Pick(Words.Remarks), word).Append('\n');
        return text.ToString().TrimEnd();
    }

    /// <summary>Drafts, all of them wrong: a judge who is shown them by mistake rates the answer lower.</summary>
    private static string Think(IReadOnlyList<(string Word, string Aspect)> points, ulong hash) => string.Join(
        '\n',
        points.Take(6).Select((point, i) =>
            "Perhaps: " + Knowledge.Sentence(new Statement(point.Word, point.Aspect, Knowledge.WrongValue(point.Word, point.Aspect, StableHash.Mix(hash, (ulong)i)))))
            .Prepend("Simulated thinking."));
}
