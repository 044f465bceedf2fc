using ArenaBench.Core.Configuration;

namespace ArenaBench.Core.Tests.Configuration;

public sealed class YamlReaderTests
{
    private static Problem FailureOf(string yaml, YamlLimits? limits = null) =>
        Assert.Single(Assert.Throws<ProblemException>(() => YamlReader.Parse(yaml, "a.yaml", limits)).Problems);

    [Fact]
    public void Parse_Map_KeepsOrderValuesAndPlaces()
    {
        var map = Assert.IsType<ConfigMap>(YamlReader.Parse("a: 1\nb:\n  - x: \"y\\n\"\n", "a.yaml"));

        Assert.Equal(["a", "b"], map.Entries.Select(e => e.Key.Value));
        var inner = Assert.IsType<ConfigMap>(Assert.IsType<ConfigList>(map.Entries[1].Value).Items[0]);
        var text = Assert.IsType<ConfigScalar>(inner.Entries[0].Value);
        Assert.Equal("y\n", text.Value);
        Assert.Equal("b[0].x", text.Path);
        Assert.Equal((3, 8), (text.Line, text.Column));
    }

    [Fact]
    public void Parse_Json_IsRead()
    {
        var map = Assert.IsType<ConfigMap>(YamlReader.Parse("""{"a": [1, null], "b": {"c": true}}""", "body"));
        Assert.True(Assert.IsType<ConfigList>(map.Entries[0].Value).Items[1].IsNull);
    }

    [Fact]
    public void Parse_Empty_IsAnEmptyMap() => Assert.Empty(Assert.IsType<ConfigMap>(YamlReader.Parse("# nothing\n", "a.yaml")).Entries);

    [Fact]
    public void Parse_BrokenYaml_SaysWhere()
    {
        var problem = FailureOf("a: 1\nb: [1, 2\nc: 3\n");
        Assert.Equal("a.yaml", problem.File);
        Assert.Equal(3, problem.Line);
        Assert.Contains("not YAML", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_KeyTwice_IsRefused()
    {
        var problem = FailureOf("a: 1\na: 2\n");
        Assert.Equal(2, problem.Line);
        Assert.Contains("occurs twice", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Aliases_StandForTheirAnchors()
    {
        var map = Assert.IsType<ConfigMap>(YamlReader.Parse("base: &b {x: 1, y: 2}\nuse: {<<: *b, y: 3}\n", "a.yaml"));
        var use = Assert.IsType<ConfigMap>(map.Entries[1].Value);
        Assert.Equal(["y=3", "x=1"], use.Entries.Select(e => $"{e.Key.Value}={((ConfigScalar)e.Value).Value}"));
    }

    [Fact]
    public void Parse_AliasBomb_IsRefusedBeforeItGrows()
    {
        var levels = Enumerable.Range(1, 20).Select(i => $"l{i}: &l{i} [{string.Join(", ", Enumerable.Repeat($"*l{i - 1}", 10))}]");
        var problem = FailureOf("l0: &l0 [x, x]\n" + string.Join('\n', levels));
        Assert.Contains("aliases", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SelfReference_IsRefused() =>
        Assert.Contains("names no anchor", FailureOf("a: &a [*a]\n").Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_DeepNesting_IsRefused() =>
        Assert.Contains("nested deeper", FailureOf(new string('[', 10_000)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_SecondDocument_IsRefused() =>
        Assert.Contains("second document", FailureOf("a: 1\n---\nb: 2\n").Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_RandomlyDamagedText_FailsOnlyWithProblems()
    {
        const string Good = "a: &x {b: [1, 'two', \"three\\n\"], c: |-\n    text\n  }\nd: *x\n? [k]\n: - 1\n  - !t 2\n";
        const string Noise = "{}[]:,-?&*!|>'\"%@`#\n \t\\<~aé\0\uD800";
        var random = new Random(20240);
        for (var round = 0; round < 20_000; round++)
        {
            var text = Good.ToCharArray().ToList();
            for (var edit = random.Next(1, 6); edit > 0; edit--)
            {
                var at = random.Next(text.Count);
                if (random.Next(2) == 0) text.Insert(at, Noise[random.Next(Noise.Length)]);
                else text.RemoveAt(at);
            }
            var damaged = string.Concat(text);
            if (Record.Exception(() => YamlReader.Parse(damaged, "a.yaml")) is { } failure)
                Assert.True(failure is ProblemException, $"{failure.GetType()} on {damaged}");
        }
    }

    [Fact]
    public async Task ReadAsync_TooLarge_IsRefused()
    {
        using var stream = new MemoryStream(new byte[1025]);
        var limits = new YamlLimits(Bytes: 1024);
        var failure = await Assert.ThrowsAsync<ProblemException>(
            () => YamlReader.ReadAsync(stream, "a.yaml", limits, TestContext.Current.CancellationToken));
        Assert.Equal("a.yaml: is larger than 1024 bytes, the most that is taken", Assert.Single(failure.Problems).ToString());
    }
}
