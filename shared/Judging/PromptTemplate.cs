using System.Text;

namespace ArenaBench.Core.Judging;

/// <summary>
/// A user message with <c>{placeholders}</c>, written as the published configurations write them: <c>{{</c> and <c>}}</c>
/// stand for braces. Texts are put in once, in one pass, so that a placeholder inside a question or an answer stays text.
/// </summary>
internal sealed class PromptTemplate
{
    private readonly List<(string Text, bool IsPlaceholder)> parts;

    private PromptTemplate(List<(string, bool)> parts) => this.parts = parts;

    public IEnumerable<string> Placeholders => parts.Where(p => p.IsPlaceholder).Select(p => p.Text);

    /// <summary>The text around the placeholders, for each stretch of it.</summary>
    public IEnumerable<string> Literals => parts.Where(p => !p.IsPlaceholder).Select(p => p.Text);

    /// <exception cref="FormatException">A brace without its partner; says where.</exception>
    public static PromptTemplate Parse(string template)
    {
        var parts = new List<(string, bool)>();
        var literal = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c is not ('{' or '}'))
            {
                literal.Append(c);
                continue;
            }
            if (i + 1 < template.Length && template[i + 1] == c)
            {
                literal.Append(c);
                i++;
                continue;
            }
            var end = c == '{' ? template.IndexOf('}', i) : -1;
            if (end < 0)
                throw new FormatException($"the '{c}' at character {i + 1} has no partner; write '{c}{c}' for a brace");
            if (literal.Length > 0) parts.Add((literal.ToString(), false));
            literal.Clear();
            parts.Add((template[(i + 1)..end], true));
            i = end;
        }
        if (literal.Length > 0) parts.Add((literal.ToString(), false));
        return new PromptTemplate(parts);
    }

    /// <param name="missing">Receives the placeholders that have no value.</param>
    public string Fill(Func<string, string?> value, ICollection<string> missing)
    {
        var text = new StringBuilder();
        foreach (var (part, isPlaceholder) in parts)
        {
            if (!isPlaceholder) text.Append(part);
            else if (value(part) is { } known) text.Append(known);
            else missing.Add(part);
        }
        return text.ToString();
    }
}
