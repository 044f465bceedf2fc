using ArenaBench.Core.Configuration;
using ArenaBench.Core.Models;
using ArenaBench.Testing;

namespace ArenaBench.Core.Tests.Models;

public sealed class EndpointsFileTests
{
    [Fact]
    public void Every_key_is_read()
    {
        var model = Parse("""
            gpt:
              model: gpt-4.1
              api_type: azure
              endpoints:
                - api_base: https://a.openai.azure.com
                  api_key: ${KEY_A}
                  api_version: "2024-10-21"
                - api_base: https://b.openai.azure.com
                  api_key: ${KEY_B}
                  model_name: gpt-41-b
              parallel: 32
              rpm: 600
              tpm: 100000
              system_prompt: Be brief.
              temperature: 0.5
              max_tokens: 4096
              reasoning_effort: high
              budget_tokens: 16000
              timeout: 20m
              price: {input: 2.00, cached_input: 0.50, output: 8}
              token_limit: max_completion_tokens
              send_temperature: no
              system_role: user
              end_think_token: "</think>"
              extra_body: {top_p: 0.95, stop: [a, "1"], chat_template_kwargs: {enable_thinking: false}}
            """).Get("gpt")!;

        Assert.Equal(("gpt-4.1", "azure", 32, 600, 100000), (model.ModelName, model.ApiType, model.Parallel, model.Rpm, model.Tpm));
        Assert.Equal(
            [new EndpointSettings("https://a.openai.azure.com", "${KEY_A}", "2024-10-21"), new EndpointSettings("https://b.openai.azure.com", "${KEY_B}", null, "gpt-41-b")],
            model.Endpoints);
        Assert.Equal(("Be brief.", 0.5, 4096, "high", 16000), (model.SystemPrompt, model.Temperature, model.MaxTokens, model.ReasoningEffort, model.BudgetTokens));
        Assert.Equal((TimeSpan.FromMinutes(20), new Price(2m, 8m, 0.5m)), (model.Timeout, model.Price));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["token_limit"] = "max_completion_tokens",
                ["send_temperature"] = "false",
                ["system_role"] = "user",
                ["end_think_token"] = "</think>",
                ["extra_body"] = """{"top_p":0.95,"stop":["a","1"],"chat_template_kwargs":{"enable_thinking":false}}""",
            },
            model.Extra);
    }

    [Fact]
    public void What_is_absent_has_its_default()
    {
        var endpoints = Parse("""
            plain:
            o3:
              api_type: openai_thinking
              endpoints: null
            deepseek-r1:
              api_type: deepseek_reasoner
              endpoints:
                - api_key: <your_api_key>
            """);

        var plain = endpoints.Get("plain")!;
        Assert.Equal(("plain", "openai", 1, TimeSpan.FromMinutes(10), null), (plain.ModelName, plain.ApiType, plain.Parallel, plain.Timeout, plain.Price));
        Assert.Equal("medium", endpoints.Get("o3")!.ReasoningEffort);
        Assert.Equal("deepseek-reasoner", endpoints.Get("deepseek-r1")!.ModelName);
        Assert.Equal(["plain", "o3", "deepseek-r1"], endpoints.Names);
        Assert.Null(endpoints.Get("other"));
    }

    [Theory]
    [InlineData("m:\n  paralel: 8", "f.yaml:2:3", "unknown key paralel; did you mean parallel?")]
    [InlineData("m:\n  rpm: -5", "f.yaml:2:8", "rpm is \"-5\" where a whole number of at least 1")]
    [InlineData("m:\n  parallel: 0", "f.yaml:2:13", "from 1 to")]
    [InlineData("m:\n  temperature: -1", "f.yaml:2:16", "a number of at least 0")]
    [InlineData("m:\n  api_type: opnai", "f.yaml:2:13", "did you mean openai?")]
    [InlineData("m:\n  timeout: soon", "f.yaml:2:3", "90s or 20m")]
    [InlineData("m:\n  timeout: 2h", "f.yaml:2:3", "from 1s to 50m")]
    [InlineData("m:\n  price: {input: 1}", "f.yaml:2:10", "price has no output")]
    [InlineData("m:\n  extra_body: 3", "f.yaml:2:3", "extra_body is a map")]
    [InlineData("m:\n  endpoints:\n    - api_bse: http://x", "f.yaml:3:7", "did you mean api_base?")]
    [InlineData("m:\n  endpoints:\n    - api_base: ftp://x/v1", "f.yaml:3:7", "http or https")]
    [InlineData("m:\n  endpoints:\n    - api_base: localhost:8000", "f.yaml:3:7", "http or https")]
    [InlineData("m:\n  endpoints:\n    - api_base: https://user:pass@x/v1", "f.yaml:3:7", "name or password")]
    [InlineData("m:\n  endpoints:\n    - api_base: http://169.254.169.254/v1", "f.yaml:3:7", "never called")]
    [InlineData("m:\n  endpoints:\n    - api_base: http://[fd00:ec2::254]/v1", "f.yaml:3:7", "never called")]
    [InlineData("m:\n  endpoints:\n    - api_base: http://2852039166/v1", "f.yaml:3:7", "never called")]
    [InlineData("m:\n  endpoints:\n    - api_base: http://Metadata.Google.Internal./v1", "f.yaml:3:7", "never called")]
    [InlineData("m:\n  endpoints:\n    - api_base: https://x/v1?key=1", "f.yaml:3:7", "a part after ?")]
    [InlineData("m:\n  endpoints:\n    - api_base: https://x/v1/chat/completions", "f.yaml:3:7", "leave that out")]
    [InlineData("m:\n  endpoints:\n    - api_key: ${A}${B}", "f.yaml:3:7", "one reference")]
    [InlineData("- m", "f.yaml:1:1", "no map")]
    public void What_is_wrong_is_named_with_its_place(string yaml, string place, string message)
    {
        var problem = Assert.Single(Assert.Throws<ProblemException>(() => EndpointsFile.Parse(yaml, "f.yaml")).Problems);

        Assert.StartsWith(place + ":", problem.ToString());
        Assert.Contains(message, problem.Message);
    }

    [Fact]
    public void Key_in_the_file_is_refused_and_not_repeated()
    {
        var exception = Assert.Throws<ProblemException>(() => EndpointsFile.Parse($"m:\n  endpoints:\n    - api_key: {Calls.Canary}", "f.yaml"));

        Assert.Contains("write api_key: ${ITS_NAME}", exception.Message);
        Assert.DoesNotContain("canary", exception.ToString());
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        var exception = Assert.Throws<ProblemException>(() => EndpointsFile.Parse("a:\n  rpm: 0\n  tmp: 3\nb:\n  price: {}", "f.yaml"));

        Assert.Equal(4, exception.Problems.Count);
    }

    [Theory]
    [InlineData("m:\n  api_type: vertex\n  project_id: <p>\n  regions: <r>", "f.yaml:1:1", "use api_type: gemini")]
    [InlineData("m:\n  api_type: sglang\n  local_engine: True", "f.yaml:1:1", "api_base, such as http://localhost:30000/v1")]
    [InlineData("m:\n  api_type: aws_nova\n  model_id: x", "f.yaml:1:1", "LiteLLM")]
    [InlineData("m:\n  api_type: azure", "f.yaml:1:1", "no address of its own")]
    [InlineData("m:\n  api_type: anthropic_thinking\n  endpoints: [{api_key: '${SET}'}]", "f.yaml:1:1", "budget_tokens")]
    [InlineData("m:\n  endpoints:\n    - api_base: http://0.0.0.0:<port_number>/v1\n      api_key: '-'", "f.yaml:1:1", "placeholder")]
    [InlineData("m:\n  endpoints: [{api_base: '${NOWHERE}'}]", "f.yaml:1:1", "NOWHERE, which api_base refers to, is not set")]
    [InlineData("m:\n  endpoints: [{api_base: '${FTP}'}]", "f.yaml:1:1", "http or https")]
    [InlineData("m:\n  endpoints: [{api_base: '${METADATA:-http://169.254.169.254}'}]", "f.yaml:1:1", "never called")]
    [InlineData("m:\n  endpoints: null", "f.yaml:1:1", "OPENAI_API_KEY, which holds its key, is not set")]
    [InlineData("m:\n  api_type: anthropic", "f.yaml:1:1", "ANTHROPIC_API_KEY")]
    [InlineData("m:\n  endpoints: [{api_key: '${MISSING}'}]", "f.yaml:1:1", "MISSING, which holds its key, is not set")]
    public void What_matters_only_when_the_model_is_named_waits_until_then(string yaml, string place, string message)
    {
        var endpoints = Parse(yaml);
        var keys = new KeySource(name => name switch { "SET" => "x", "FTP" => "ftp://x", _ => null });

        var problem = Assert.Single(endpoints.Validate([endpoints.Get("m")!], keys));

        Assert.StartsWith(place + ": m: ", problem.ToString());
        Assert.Contains(message, problem.Message);
        Assert.Empty(endpoints.Validate([], keys));
    }

    [Theory]
    [InlineData("m:\n  endpoints: [{api_base: 'http://localhost:8000/v1'}]")]
    [InlineData("m:\n  endpoints: [{api_base: 'http://localhost:8000/v1', api_key: EMPTY}]")]
    [InlineData("m:\n  endpoints: [{api_base: '${URL:-http://127.0.0.1:8089/v1}', api_key: null}]")]
    [InlineData("m:\n  api_type: azure\n  endpoints: [{api_base: 'https://a.openai.azure.com'}]")]
    [InlineData("m:\n  api_type: gemini")]
    public void What_can_be_called_has_no_problem(string yaml)
    {
        var endpoints = Parse(yaml);

        Assert.Empty(endpoints.Validate([endpoints.Get("m")!], new KeySource(name => name == "GEMINI_API_KEY" ? "x" : null)));
    }

    [Fact]
    public void Published_files_load_unchanged()
    {
        foreach (var (folder, models, first) in ((string, int, string)[])
            [(PublishedData.V01OrSkip(), 3, "gpt-3.5-turbo-0125"), (PublishedData.V20OrSkip(), 11, "gpt-4-1106-preview")])
        {
            var file = Path.Combine(folder, "config", "api_config.yaml");
            var endpoints = EndpointsFile.Parse(File.ReadAllText(file), file);

            Assert.Equal(models, endpoints.Names.Count);
            Assert.Equal(first, endpoints.Names[0]);
        }
    }

    [Fact]
    public void Published_types_that_cannot_be_called_are_refused_only_when_they_are_named()
    {
        var file = Path.Combine(PublishedData.V20OrSkip(), "config", "api_config.yaml");
        var endpoints = EndpointsFile.Parse(File.ReadAllText(file), file);
        var keys = new KeySource(variable => variable.EndsWith("_API_KEY", StringComparison.Ordinal) ? "x" : null);

        var refused = endpoints.Names.Where(name => endpoints.Validate([endpoints.Get(name)!], keys).Count > 0).ToList();

        Assert.Equal(["gemini-2.5", "qwq-32b", "gemma-3-27b-it", "aws_nova_light_v1"], refused);
        Assert.All(refused, name => Assert.Matches("; (use|start|write) ", Assert.Single(endpoints.Validate([endpoints.Get(name)!], keys)).Message));
    }

    [Theory]
    [InlineData("endpoints.example.yaml")]
    [InlineData("endpoints.simulated.yaml")]
    public void Files_that_ship_load_and_can_be_called(string name)
    {
        var endpoints = EndpointsFile.Parse(File.ReadAllText(RepoRoot.File("data", name)), name);

        Assert.NotEmpty(endpoints.Names);
        Assert.Empty(endpoints.Validate(endpoints.Names.Select(model => endpoints.Get(model)!), new KeySource(variable =>
            variable.EndsWith("_KEY", StringComparison.Ordinal) ? "x" : null)));
    }

    private static Endpoints Parse(string yaml) => EndpointsFile.Parse(yaml, "f.yaml");
}
