using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using ArenaBench.Core;
using ArenaBench.Core.Records;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.Functions.Api;

/// <summary>The API as an OpenAPI document: paths and methods from the functions' own triggers, schemas from the types that are written.</summary>
internal sealed partial class ApiDocument
{
    private static readonly JsonSchemaExporterOptions SchemaOptions = new() { TreatNullObliviousAsNonNullable = true };

    /// <summary>As these are written: <see cref="AcceptedRun"/> and problem details in camel case.</summary>
    private static readonly JsonSerializerOptions CamelCase = new(JsonFiles.Options) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly Dictionary<string, (string Path, string Method)> _routes =
        Routes().ToDictionary(route => route.Function, route => (route.Path.Replace("{*", "{", StringComparison.Ordinal), route.Method), StringComparer.Ordinal);

    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);

    public static JsonObject Write(string server) => new ApiDocument().Build(server);

    private JsonObject Build(string server)
    {
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var operation in ApiOperations.All)
        {
            var (path, method) = _routes[operation.Function];
            if (!paths.TryGetValue(path, out var item))
                paths[path] = item = [];
            item[method] = Operation(operation, path);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "ArenaBench",
                ["version"] = ProductVersion.Current,
                ["summary"] = "Runs benchmarks that a judge model grades, and their leaderboards.",
                ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = server }),
            ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }, new JsonObject { ["code"] = new JsonArray() }),
            ["paths"] = Object(paths),
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["key"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-functions-key" },
                    ["code"] = new JsonObject { ["type"] = "apiKey", ["in"] = "query", ["name"] = "code" },
                },
                ["schemas"] = Object(_schemas),
            },
        };
    }

    /// <summary>Every function with an HTTP trigger; pages lie under <c>view</c>.</summary>
    public static IEnumerable<(string Function, string Path, string Method)> Routes() =>
        from type in typeof(ApiDocument).Assembly.GetTypes()
        from function in type.GetMethods()
        let name = function.GetCustomAttribute<FunctionAttribute>()?.Name
        where name is not null
        let http = function.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null)
        where http is not null
        from method in http.Methods!
        select (name, $"/api/{http.Route}", method);

    private JsonObject Operation(ApiOperation operation, string path)
    {
        var parameters = new JsonArray();
        foreach (Match name in Placeholder().Matches(path))
            parameters.Add(new JsonObject { ["name"] = name.Groups[1].Value, ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } });
        foreach (var option in operation.Options)
            parameters.Add(Option(option));
        var described = new JsonObject
        {
            ["operationId"] = operation.Function,
            ["tags"] = new JsonArray(operation.Tag),
            ["summary"] = operation.Summary,
            ["parameters"] = parameters,
        };
        if (operation.Body is { } body)
            described["requestBody"] = new JsonObject { ["description"] = body.Description, ["required"] = !operation.BodyIsOptional, ["content"] = Content(body) };
        var answers = new JsonObject();
        foreach (var (status, content) in operation.Answers.OrderBy(answer => answer.Status))
        {
            var answer = new JsonObject { ["description"] = content.Description };
            if (content.Media.Length > 0)
                answer["content"] = Content(content);
            answers[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = answer;
        }

        answers["401"] = new JsonObject { ["description"] = "The key is missing or wrong" };
        described["responses"] = answers;
        return described;
    }

    private static JsonObject Option(ApiOption option)
    {
        var value = new JsonObject { ["type"] = "string" };
        if (option.Values is { } values)
            value["enum"] = new JsonArray([.. values.Select(word => (JsonNode)word)]);
        return new JsonObject
        {
            ["name"] = option.Name,
            ["in"] = "query",
            ["description"] = option.Description,
            ["schema"] = option.MayRepeat ? new JsonObject { ["type"] = "array", ["items"] = value } : value,
        };
    }

    private JsonObject Content(ApiContent content)
    {
        var media = new JsonObject();
        foreach (var (name, type) in content.Media)
            media[name] = type is null ? new JsonObject() : new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{Schema(type)}" } };
        return media;
    }

    private string Schema(Type type)
    {
        if (!_schemas.ContainsKey(type.Name))
        {
            var options = type == typeof(AcceptedRun) || type == typeof(ProblemAnswer) ? CamelCase : JsonFiles.Options;
            var schema = options.GetJsonSchemaAsNode(type, SchemaOptions);
            PointInto(schema, type.Name);
            _schemas[type.Name] = schema;
        }

        return type.Name;
    }

    /// <summary>What occurs twice in a schema refers to its first place, from the schema's own root, which is not the document's.</summary>
    private static void PointInto(JsonNode? node, string name)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                PointInto(item, name);
        }

        if (node is not JsonObject fields)
            return;
        if (fields["$ref"] is JsonValue reference && reference.TryGetValue<string>(out var place))
            fields["$ref"] = $"#/components/schemas/{name}{place[1..]}";
        foreach (var (key, value) in fields.ToArray())
        {
            if (key != "$ref")
                PointInto(value, name);
        }
    }

    private static JsonObject Object<T>(IEnumerable<KeyValuePair<string, T>> entries)
        where T : JsonNode => new(entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
