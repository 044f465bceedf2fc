using ArenaBench.Simulation;
using ArenaBench.Simulation.Faults;
using ArenaBench.Simulation.Models;
using ArenaBench.Testing;

namespace ArenaBench.Local.Tests.Simulation;

public sealed class SimulationFileTests
{
    [Fact]
    public void Yaml_HoldsEverything()
    {
        var options = SimulationFile.Parse(
            """
            seed: 7
            port: 8089
            api_key: secret
            latency: {min_ms: 100, max_ms: 300}
            limits: {rpm: 600, tpm: 90000, parallel: 16, burst_seconds: 2, per_model: true, send_retry_after: false}
            models:
              - {name: sim-one, quality: 0.9, thinking: think_tags, refuses_system_role: true, latency: {min_ms: 5, max_ms: 5}}
              - {name: sim-judge}
            faults:
              - {kind: rate_limit, rate: 0.2, retry_after_seconds: 1}
              - {kind: unavailable, from_seconds: 10, to_seconds: 20}
              - {kind: content_filter, rate: 0.01, sticky: true, models: [sim-one]}
            """,
            "storm.yaml");
        Assert.Equal((7, 8089, "secret"), (options.Seed, options.Port, options.ApiKey));
        Assert.Equal(new SimulatedLatency(100, 300), options.Latency);
        Assert.Equal((600, 90000, 16, 2.0, true, false), (options.Limits.Rpm, options.Limits.Tpm, options.Limits.Parallel, options.Limits.BurstSeconds, options.Limits.PerModel, options.Limits.SendRetryAfter));
        Assert.Equal(["sim-one", "sim-judge"], options.Models.Select(m => m.Name));
        Assert.Equal((0.9, ThinkingStyle.ThinkTags, true), (options.Models[0].Quality, options.Models[0].Thinking, options.Models[0].RefusesSystemRole));
        Assert.Equal(new SimulatedLatency(5, 5), options.Models[0].Latency);
        Assert.Equal([FaultKind.RateLimit, FaultKind.Unavailable, FaultKind.ContentFilter], options.Faults.Select(f => f.Kind));
        Assert.Equal(["sim-one"], options.Faults[2].Models);
        Assert.True(options.Faults[2].Sticky);
    }

    [Fact]
    public void Json_IsReadToo()
    {
        var options = SimulationFile.Parse("""{"seed": 3, "faults": [{"kind": "hang", "from_call": 5}]}""", "storm.json");
        Assert.Equal((3, 5), (options.Seed, Assert.Single(options.Faults).FromCall));
        Assert.Equal(SimulatedModel.Defaults, options.Models);
    }

    [Fact]
    public void Empty_IsTheDefault() => Assert.Equal(42, SimulationFile.Parse("", "empty.yaml").Seed);

    [Theory]
    [InlineData("seed: 1\nrpm: 5", "storm.yaml:2:1", "rpm")]
    [InlineData("seed: many", "storm.yaml:1:7", "many")]
    [InlineData("faults:\n  - {kind: earthquake}", "storm.yaml:2:12", "earthquake")]
    [InlineData("faults:\n  - {rate: 0.5}", "storm.yaml:2", "kind")]
    [InlineData("faults:\n  - {kind: reset, rate: 2}", "storm.yaml", "faults[0]: rate 2 is not from 0 to 1")]
    [InlineData("faults:\n  - {kind: reset, models: [sim-gone]}", "storm.yaml", "there is no model \"sim-gone\"")]
    [InlineData("models:\n  - {name: gpt-4}", "storm.yaml", "must begin with \"sim-\"")]
    [InlineData("latency: {min_ms: 5, max_ms: 1}", "storm.yaml", "latency")]
    [InlineData("limits: {rpm: 0}", "storm.yaml", "limits")]
    [InlineData("seed: [", "storm.yaml:1", "")]
    public void Wrong_NamesThePlaceAndTheField(string yaml, string place, string what)
    {
        var error = Assert.Throws<SimulationException>(() => SimulationFile.Parse(yaml, "storm.yaml"));
        Assert.StartsWith(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_NamesIt()
    {
        using var folder = new TempFolder();
        var error = Assert.Throws<SimulationException>(() => SimulationFile.Load(folder.File("none.yaml")));
        Assert.Contains("none.yaml", error.Message, StringComparison.Ordinal);
    }
}
