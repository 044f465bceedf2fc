using ArenaBench.Core.Configuration;
using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Benchmarks;

/// <summary>Finds judge prompts that could never be filled, before anything is paid for.</summary>
internal static class PromptChecks
{
    public static string? ProblemOf(string template)
    {
        try
        {
            var unknown = PromptTemplate.Parse(template).Placeholders.FirstOrDefault(p => !PromptValues.IsKnown(p));
            return unknown is null ? null
                : $"unknown placeholder {{{unknown}}}; known are {PromptValues.Names}; write {{{{ and }}}} for braces";
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    public static bool ShowsTwoAnswers(IReadOnlyList<string> templates)
    {
        var used = Placeholders(templates);
        return used.Contains("ANSWER_B") || used.Contains("answer_b") || used.Contains("answer_b_1");
    }

    /// <summary>Does the prompt for questions of so many turns show the last one's?</summary>
    public static bool ShowsTurn(JudgeConfig config, int turns)
    {
        var used = Placeholders(config.PromptTemplatesFor(turns));
        return used.Contains($"question_{turns}") || used.Contains("QUESTION");
    }

    public static void Check(JudgeConfig config, ConfigReader reader)
    {
        Check(config, config.PromptTemplates, "prompt_template", reader);
        foreach (var templates in config.PromptTemplatesByTurns.Values) Check(config, templates, "prompt_template_by_turns", reader);
    }

    private static void Check(JudgeConfig config, IReadOnlyList<string> templates, string key, ConfigReader reader)
    {
        if (templates.Count == 0) return;
        var used = Placeholders(templates);
        var answers = used.Count(p => p.StartsWith("answer", StringComparison.Ordinal) || p.StartsWith("ANSWER", StringComparison.Ordinal));
        var wanted = config.Mode == JudgingMode.Pairwise ? 2 : 1;
        if (answers < wanted)
            reader.Report(key, $"{key} shows {answers} of the {wanted} answers that {(wanted == 1 ? "a rating" : "a pairwise game")} is about");
        if (!config.UsesReference && used.FirstOrDefault(IsReference) is { } reference)
            reader.Report(key, $"{key} uses {{{reference}}}, but reference is not true");
    }

    private static bool IsReference(string placeholder) =>
        placeholder.StartsWith("ref_answer", StringComparison.Ordinal) || placeholder.StartsWith("REFERENCE", StringComparison.Ordinal);

    private static HashSet<string> Placeholders(IReadOnlyList<string> templates) =>
        [.. templates.SelectMany(t => PromptTemplate.Parse(t).Placeholders)];
}
