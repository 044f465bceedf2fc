using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Functions.Viewer;

/// <summary>What the form of a new run holds, as it was sent, or as the address or the benchmark fill it.</summary>
internal sealed class StartForm
{
    private static readonly string[] Numbers = ["temperature", "max_tokens", "choices", "parallel", "seed", "rounds"];
    private static readonly string[] Texts = ["id", "what", "baseline", "endpoints"];

    private readonly ILookup<string, string> _fields;

    private StartForm(IEnumerable<(string Name, string Value)> fields) =>
        _fields = fields.Where(field => !string.IsNullOrWhiteSpace(field.Value)).ToLookup(field => field.Name, field => field.Value.Trim(), StringComparer.Ordinal);

    public string? Benchmark => Text("benchmark");

    public static StartForm Of(IFormCollection form) =>
        new(form.SelectMany(field => field.Value.Select(value => (field.Key, value ?? ""))));

    /// <summary>A form that was not sent yet, for a benchmark with the models and judges that it names itself.</summary>
    public static StartForm Of(string? benchmark, IEnumerable<string> models, IEnumerable<string> judges) =>
        new([("benchmark", benchmark ?? ""), .. models.Select(model => ("models", model)), .. judges.Select(judge => ("judges", judge))]);

    public string? Text(string name) => _fields[name].LastOrDefault();

    public bool Has(string name, string value) => _fields[name].Contains(value);

    /// <summary>The body of <c>POST /api/runs</c>. What is no number is left as text: the reader of the body says what is wrong with it.</summary>
    public string Request(bool dryRun)
    {
        var body = new JsonObject { ["benchmark"] = Benchmark ?? "" };
        foreach (var name in Texts)
        {
            if (Text(name) is { } text)
                body[name] = text;
        }

        foreach (var name in Numbers)
        {
            if (Text(name) is { } text)
                body[name] = Number(text);
        }

        List(body, "models");
        List(body, "judges");
        var questions = new JsonObject();
        foreach (var name in (string[])["begin", "end"])
        {
            if (Text(name) is { } text)
                questions[name] = Number(text);
        }

        List(questions, "categories");
        if (questions.Count > 0)
            body["questions"] = questions;
        var budget = new JsonObject();
        foreach (var name in (string[])["usd", "tokens"])
        {
            if (Text($"budget_{name}") is { } text)
                budget[name] = Number(text);
        }

        if (budget.Count > 0)
            body["budget"] = budget;
        if (Text("strict") is not null)
            body["strict"] = true;
        if (dryRun)
            body["dry_run"] = true;
        return body.ToJsonString();
    }

    private void List(JsonObject into, string name)
    {
        if (_fields[name].ToArray() is { Length: > 0 } list)
            into[name] = new JsonArray([.. list.Select(value => (JsonNode)value)]);
    }

    private static JsonNode Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text;
}
