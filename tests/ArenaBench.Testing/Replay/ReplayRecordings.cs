using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace ArenaBench.Testing.Replay;

/// <summary>What models answered and what the judge said, as published, by what they were sent.</summary>
public sealed class ReplayRecordings
{
    private readonly Dictionary<ReplayKey, string> _replies = [];

    /// <summary>How many different requests have an answer.</summary>
    public int Count => _replies.Count;

    /// <summary>The recorded answers of arena-bench-v1 and the judgments of them.</summary>
    /// <param name="folder">Of <see cref="PublishedData.V1OrSkip"/>.</param>
    /// <param name="models">File names without <c>.jsonl</c>; requests may use these or the ids inside the files.</param>
    public static ReplayRecordings OfV1(string folder, IEnumerable<string> models)
    {
        var recordings = new ReplayRecordings();
        var questions = Lines(Path.Combine(folder, "question.jsonl"))
            .ToDictionary(line => Text(line, "question_id"), line => line.GetProperty("turns")[0].GetString()!);
        var (judge, judgePrompt) = ReadJudge(Path.Combine(folder, "arena-bench-v1_config.yaml"));
        foreach (var model in models)
        {
            foreach (var line in Lines(Path.Combine(folder, "model_answer", model + ".jsonl")))
            {
                var question = questions[Text(line, "question_id")];
                var answer = line.GetProperty("choices")[0].GetProperty("turns")[0].GetString()!;
                recordings.Add(new ReplayKey(model, null, question), answer);
                recordings.Add(new ReplayKey(Text(line, "model_id"), null, question), answer);
            }
            foreach (var line in Lines(Path.Combine(folder, "model_judgment", model + ".jsonl")))
                recordings.Add(new ReplayKey(judge, judgePrompt, Text(line, "user_prompt")), Text(line, "judgment"));
        }
        return recordings;
    }

    /// <summary>Answers hand-made for a test.</summary>
    public static ReplayRecordings Of(IEnumerable<KeyValuePair<ReplayKey, string>> replies)
    {
        var recordings = new ReplayRecordings();
        foreach (var (key, reply) in replies)
            recordings.Add(key, reply);
        return recordings;
    }

    internal string? Find(ReplayKey key) => _replies.GetValueOrDefault(key);

    private void Add(ReplayKey key, string reply)
    {
        if (!_replies.TryAdd(key, reply) && _replies[key] != reply)
            throw new InvalidDataException($"Two different recorded replies of {key.Model} to one request; it begins with: {key.User[..Math.Min(80, key.User.Length)]}");
    }

    private static (string Judge, string Prompt) ReadJudge(string path)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(path);
        yaml.Load(reader);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        return (((YamlScalarNode)root["judge_model"]).Value!, ((YamlScalarNode)root["system_prompt"]).Value!);
    }

    private static IEnumerable<JsonElement> Lines(string path) =>
        File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement);

    private static string Text(JsonElement line, string field) => line.GetProperty(field).GetString()!;
}

/// <param name="System">Null: none was sent.</param>
/// <param name="User">The one user message, byte for byte.</param>
public sealed record ReplayKey(string Model, string? System, string User);
