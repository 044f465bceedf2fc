using System.Globalization;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Models;

namespace ArenaBench.Core.Benchmarks;

/// <summary>Reads the prompt templates and example messages of a judge configuration.</summary>
internal static class PromptReader
{
    public static Dictionary<int, IReadOnlyList<string>> TemplatesByTurns(ConfigReader reader)
    {
        var templates = new Dictionary<int, IReadOnlyList<string>>();
        foreach (var (key, value) in reader.Entries("prompt_template_by_turns"))
        {
            if (int.TryParse(key.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var turns) && turns > 0)
                templates[turns] = Templates(value is ConfigList list ? list.Items : [value], reader);
            else
                reader.Report(key, $"{key.Value} is not a number of turns");
        }
        return templates;
    }

    public static List<string> Templates(IReadOnlyList<ConfigNode> nodes, ConfigReader reader)
    {
        var templates = new List<string>();
        foreach (var node in nodes)
        {
            if (reader.Text(node) is not { } template) continue;
            if (PromptChecks.ProblemOf(template) is { } wrong) reader.Report(node, $"{node.Path}: {wrong}");
            else templates.Add(template);
        }
        return templates;
    }

    // Texts take turns, the user first, as published; ours may name the role.
    public static List<ChatTurn> FewShot(ConfigReader reader)
    {
        var messages = new List<ChatTurn>();
        foreach (var node in reader.Items("few_shot"))
        {
            if (node is ConfigMap)
            {
                var message = new ConfigReader(node, reader.Problems);
                messages.Add(new ChatTurn(message.OneOf("role", "system", "user", "assistant") ?? "user", message.RequiredText("content")));
                message.ReportUnknownKeys();
            }
            else if (reader.Text(node) is { } text)
            {
                messages.Add(new ChatTurn(messages.Count % 2 == 0 ? "user" : "assistant", text));
            }
        }
        return messages;
    }
}
