using System.Text;

namespace ArenaBench.Core.Configuration;

/// <summary>Something wrong in what a user gave: where, what, and what to do. Never holds a secret.</summary>
/// <param name="File">Path, URL or a name such as "the request body"; null when the place is no file.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record Problem(string? File, int? Line, int? Column, string Message)
{
    /// <summary><c>file:line:column: message</c>, without the parts that are not known.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(File);
        if (Line is { } line) text.Append(text.Length > 0 ? ":" : "line ").Append(line);
        if (Line is not null && Column is { } column) text.Append(':').Append(column);
        return text.Append(text.Length > 0 ? ": " : "").Append(Message).ToString();
    }
}

/// <summary>Input that cannot be used, with everything that is wrong in it.</summary>
public sealed class ProblemException(IReadOnlyList<Problem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public ProblemException(Problem problem) : this([problem]) { }

    public IReadOnlyList<Problem> Problems { get; } = problems;
}
