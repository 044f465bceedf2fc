using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Browsing;

/// <summary>Names of what the address compares with.</summary>
internal static class ComparedWith
{
    public const string Model = "with";

    /// <summary>Absent: the run itself.</summary>
    public const string Run = "in";
}

/// <summary>One model of a run.</summary>
internal sealed record Side(FrozenRun Run, string Model, IReadOnlyList<QuestionRow> Rows);

/// <summary>One question as both sides did it.</summary>
/// <param name="Question">Of the first side's run.</param>
internal sealed record ComparedQuestion(int Question, QuestionRow? First, QuestionRow? Second, double? FirstValue, double? SecondValue)
{
    /// <summary>Second less first; null where one of them has no score.</summary>
    public double? Change => SecondValue - FirstValue;
}

/// <summary>Two models of a run, or one of two runs, question by question: what both were asked.</summary>
internal sealed record Comparison(Side First, Side Second, IReadOnlyList<ComparedQuestion> Questions)
{
    public static Comparison Of(Side first, Side second)
    {
        var secondNumbers = first.Run == second.Run
            ? null
            : second.Run.Questions.Index().ToDictionary(entry => entry.Item.Question.Id, entry => entry.Index, StringComparer.Ordinal);
        var firstRows = RowsOf(first);
        var secondRows = RowsOf(second);
        var questions = new List<ComparedQuestion>();
        for (var index = 0; index < first.Run.Questions.Count; index++)
        {
            var other = index;
            if (secondNumbers is not null && !secondNumbers.TryGetValue(first.Run.Questions[index].Question.Id, out other))
                continue;
            var (one, two) = (firstRows.GetValueOrDefault(index), secondRows.GetValueOrDefault(other));
            questions.Add(new ComparedQuestion(index, one, two, one is null ? null : Verdicts.Value(one), two is null ? null : Verdicts.Value(two)));
        }

        return new Comparison(first, second, questions);
    }

    public IEnumerable<ComparedQuestion> Scored => Questions.Where(question => question.Change is not null);

    /// <summary>Greatest change first; then those without a score of both.</summary>
    public IEnumerable<ComparedQuestion> Sorted(string? sort) => sort switch
    {
        "question" => Questions,
        "better" => Questions.OrderByDescending(question => question.Change ?? double.MinValue),
        "worse" => Questions.OrderBy(question => question.Change ?? double.MaxValue),
        _ => Questions.OrderByDescending(question => Math.Abs(question.Change ?? -1)),
    };

    private static Dictionary<int, QuestionRow> RowsOf(Side side) => side.Rows.Where(row => row.Model == side.Model).ToDictionary(row => row.Question);
}
