using ArenaBench.Core.Configuration;

namespace ArenaBench.Core.Tests.Configuration;

public sealed class ConfigReaderTests
{
    private readonly List<Problem> problems = [];

    private ConfigReader Read(string yaml) => new(YamlReader.Parse(yaml, "a.yaml"), problems);

    [Fact]
    public void Values_AreReadByType()
    {
        var reader = Read("text: 1.0\nnumber: 1e-3\ncount: 7\nflag: Yes\nnothing: ~\none: x\nmany: [x, y]\n");

        Assert.Equal("1.0", reader.Text("text"));
        Assert.Equal(0.001, reader.Number("number"));
        Assert.Equal(7, reader.Count("count"));
        Assert.True(reader.Flag("flag"));
        Assert.Null(reader.Text("nothing"));
        Assert.False(reader.Has("nothing"));
        Assert.Equal(["x"], reader.Texts("one"));
        Assert.Equal(["x", "y"], reader.Texts("many"));
        reader.ReportUnknownKeys();
        Assert.Empty(problems);
    }

    [Fact]
    public void WrongValues_AreAllReportedWithTheirPlaces()
    {
        var reader = Read("number: hot\ncount: -1\nflag: maybe\ntext: [1]\nmode: pairwize\nmap: 3\n");
        reader.Number("number", 0, 2);
        reader.Count("count");
        reader.Flag("flag");
        reader.Text("text");
        reader.OneOf("mode", "single", "pairwise");
        reader.Entries("map");
        reader.RequiredText("name");

        Assert.Equal(
            [
                "a.yaml:1:9: number is \"hot\" where a number from 0 to 2 is wanted",
                "a.yaml:2:8: count is \"-1\" where a whole number of at least 0 is wanted",
                "a.yaml:3:7: flag is \"maybe\" where true or false is wanted",
                "a.yaml:4:7: text is a list where a text is wanted",
                "a.yaml:5:7: mode is \"pairwize\" where one of single, pairwise is wanted; did you mean pairwise?",
                "a.yaml:6:6: map is a single value where keys and values are wanted",
                "a.yaml:1:1: the file has no name",
            ],
            problems.Select(p => p.ToString()));
    }

    [Fact]
    public void UnknownKeys_AreReportedWithTheNearestKnownOne()
    {
        var reader = Read("temprature: 0\nsomething_else: 1\nold: 2\n");
        reader.Number("temperature");
        reader.Ignore("old");
        reader.ReportUnknownKeys();

        Assert.Equal(
            ["a.yaml:1:1: unknown key temprature; did you mean temperature?", "a.yaml:2:1: unknown key something_else"],
            problems.Select(p => p.ToString()));
    }

    [Fact]
    public void InfinityAndNaN_AreNoNumbers()
    {
        var reader = Read("a: .nan\nb: Infinity\nc: NaN\n");
        Assert.Null(reader.Number("a"));
        Assert.Null(reader.Number("b"));
        Assert.Null(reader.Number("c"));
        Assert.Equal(3, problems.Count);
    }
}
