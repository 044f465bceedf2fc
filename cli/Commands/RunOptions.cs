using System.CommandLine;
using System.Text.Json.Nodes;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Runs;

namespace ArenaBench.Cli.Commands;

/// <summary>A run's spec from a file, from options, or from both: options win.</summary>
internal sealed class RunOptions
{
    private const string Source = "the options";

    private readonly string? _what;
    private readonly BudgetOptions _budget;
    private readonly Argument<string?> _file = new("SPEC") { Arity = ArgumentArity.ZeroOrOne, Description = "Run spec, YAML or JSON; see docs/formats.md." };
    private readonly Option<string?> _bench = new("--bench") { Description = "The benchmark." };
    private readonly Option<string[]> _models = Names("--models", "Names in the endpoints file, divided by commas or spaces.");
    private readonly Option<string[]> _judges = Names("--judges", "Judge models; without it, the benchmark's.");
    private readonly Option<string?> _questions = new("--questions") { Description = "A range begin:end of the question file, from 0, the end left out, as FastChat's question-begin and question-end." };
    private readonly Option<string[]> _categories = Names("--categories", "Only questions of these categories.");
    private readonly Option<string[]> _ids = Names("--ids", "Only these questions.");
    private readonly Option<double?> _temperature = new("--temperature") { Description = "Of the answers, whatever question, model and category say." };
    private readonly Option<int?> _maxTokens = new("--max-tokens") { Description = "Length of an answer at most." };
    private readonly Option<int?> _choices = new("--choices") { Description = "Answers to each question; the first is judged." };
    private readonly Option<int?> _parallel = new("--parallel") { Description = "Calls in flight per model at most." };
    private readonly Option<string?> _id = new("--id") { Description = "The run's id, 1 to 64 of a-z, 0-9 and -." };
    private readonly Option<string?> _endpoints = new("--endpoints") { Description = "Endpoints file under config/." };
    private readonly Option<string?> _baseline = new("--baseline") { Description = "Pairwise: the model compared with." };
    private readonly Option<bool> _restart = new("--restart") { Description = "A new attempt of a run of this id that has ended." };

    /// <param name="what">Null: as the spec says.</param>
    public RunOptions(Command command, string? what)
    {
        _what = what;
        command.Arguments.Add(_file);
        foreach (var option in (Option[])[_bench, _models, .. what is null or "judge" ? new Option[] { _judges, _baseline } : [], _questions, _categories, _ids, .. what is "judge" ? (Option[])[] : [_temperature, _maxTokens, _choices], _parallel, _id, _endpoints, _restart])
            command.Options.Add(option);
        _budget = new BudgetOptions(command);
    }

    /// <exception cref="ProblemException">Everything that is wrong with it.</exception>
    public async Task<RunSpecText> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(_file);
        if (file is null && parsed.GetValue(_bench) is null)
            throw new ProblemException(new Problem(null, null, null, "give a run spec, or --bench NAME and --models NAME,NAME"));
        return Merge(parsed, file is null ? "" : await ConfigCommand.ReadAsync(file, cancellationToken));
    }

    /// <returns>The run whose manifest in the store is named, as <c>runs/ID/manifest.json</c>; null: the spec is a file, or options.</returns>
    public string? StoredManifest(ParseResult parsed) =>
        parsed.GetValue(_file) is { } file && !File.Exists(file) && file.Split('/') is ["runs", var id, "manifest.json"] ? id : null;

    /// <summary>What is given beside the text, put into it.</summary>
    public RunSpecText Merge(ParseResult parsed, string text)
    {
        var file = parsed.GetValue(_file);
        if (file is not null)
            RunRequestReader.Parse(text, file);

        var given = Given(parsed);
        if (given.Count == 0)
            return new RunSpecText(text, file ?? Source, IsFile: file is not null);
        if (file is not null && SpecText.IsManifest(YamlReader.Parse(text, file))
            && given.FirstOrDefault(option => option.Key is not ("id" or "restart" or "budget")) is { Key: { } unwanted })
            throw new ProblemException(new Problem(file, null, null, $"a manifest is run as it was; {unwanted} cannot be given beside it"));
        // The file was read without error above, so that what is wrong from here on is an option's.
        var spec = file is null ? [] : SpecText.Parse(text, file);
        foreach (var (key, value) in given.ToArray())
        {
            given.Remove(key);
            if (key == "questions" && spec["questions"] is JsonObject selection)
                foreach (var (part, wanted) in value!.AsObject().ToArray())
                    selection[part] = wanted!.DeepClone();
            else
                spec[key] = value;
        }

        var merged = spec.ToJsonString();
        var name = file is null ? Source : $"{file} with {Source}";
        try
        {
            RunRequestReader.Parse(merged, name);
        }
        catch (ProblemException refused)
        {
            throw new ProblemException([.. refused.Problems.Select(problem => problem with { Line = null, Column = null })]);
        }

        return new RunSpecText(merged, name, IsFile: false);
    }

    private JsonObject Given(ParseResult parsed)
    {
        var given = new JsonObject();
        Put("what", _what);
        Put("benchmark", parsed.GetValue(_bench));
        Put("id", parsed.GetValue(_id));
        Put("endpoints", parsed.GetValue(_endpoints));
        PutNumber("parallel", parsed.GetValue(_parallel));
        PutNames(given, "models", parsed.GetValue(_models));
        if (_what != "judge")
        {
            if (parsed.GetValue(_temperature) is { } temperature)
                given["temperature"] = temperature;
            PutNumber("max_tokens", parsed.GetValue(_maxTokens));
            PutNumber("choices", parsed.GetValue(_choices));
        }

        if (_what is null or "judge")
        {
            Put("baseline", parsed.GetValue(_baseline));
            PutNames(given, "judges", parsed.GetValue(_judges));
        }

        if (_budget.Read(parsed) is { } budget)
            given["budget"] = budget;
        if (parsed.GetValue(_restart))
            given["restart"] = true;
        var selection = Range(parsed.GetValue(_questions));
        PutNames(selection, "categories", parsed.GetValue(_categories));
        PutNames(selection, "ids", parsed.GetValue(_ids));
        if (selection.Count > 0)
            given["questions"] = selection;
        return given;

        void PutNumber(string key, int? value)
        {
            if (value is { } number)
                given[key] = number;
        }

        void Put(string key, string? value)
        {
            if (value is not null)
                given[key] = value;
        }
    }

    private static JsonObject Range(string? text)
    {
        var range = new JsonObject();
        if (text is null)
            return range;
        var ends = text.Split(':');
        if (ends is not [var begin, var end] || (begin.Length == 0 && end.Length == 0))
            throw new ProblemException(new Problem(null, null, null, $"--questions is \"{text}\" where begin:end is wanted, such as 0:10, 10: or :10"));
        if (begin.Length > 0)
            range["begin"] = begin;
        if (end.Length > 0)
            range["end"] = end;
        return range;
    }

    private static void PutNames(JsonObject target, string key, string[]? names)
    {
        if (names is { Length: > 0 })
            target[key] = new JsonArray([.. names.Select(name => (JsonNode)name)]);
    }

    private static Option<string[]> Names(string name, string description) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
    };
}

/// <summary>What is sent to a host to start a run.</summary>
/// <param name="Name">What the user knows it as.</param>
/// <param name="IsFile">It is the file as it stands, so that lines in messages are the file's.</param>
internal sealed record RunSpecText(string Text, string Name, bool IsFile)
{
    private const string BodyName = "the request body";

    /// <summary>A host's message, about the file or the options instead of about a body.</summary>
    public string InUsersWords(string message)
    {
        if (!message.StartsWith(BodyName, StringComparison.Ordinal))
            return message;
        var rest = message[BodyName.Length..];
        if (!IsFile && rest.StartsWith(':') && rest.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var end)
            rest = rest[end..];
        return Name + rest;
    }
}
