using System.Reflection;
using System.Text.RegularExpressions;
using ArenaBench.Testing;

namespace ArenaBench.LocalRuntime.Tests.Behaviour;

/// <summary>docs/local-runtime.md and the tests must say the same about every row.</summary>
public sealed partial class BehaviourDocTests
{
    private static readonly IReadOnlyList<Row> Rows = [.. File.ReadLines(RepoRoot.File("docs", "local-runtime.md"))
        .Select(line => RowPattern().Match(line)).Where(match => match.Success)
        .Select(match => new Row(match.Groups["id"].Value, match.Groups["shown"].Value.Trim()))];

    private static readonly ILookup<string, string> Tests = typeof(BehaviourDocTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .SelectMany(method => (method.GetCustomAttribute<BehaviourAttribute>()?.Ids ?? [])
            .Select(id => (Id: id, Test: $"{method.DeclaringType!.Name}.{method.Name}")))
        .ToLookup(shown => shown.Id, shown => shown.Test);

    [Fact]
    public void EveryRow_HasABlackBoxTestOrAReason()
    {
        var bare = Rows.Where(r => !Tests.Contains(r.Id) && !r.Shown.StartsWith("no test: ", StringComparison.Ordinal));

        Assert.Empty(bare.Select(r => r.Id));
    }

    [Fact]
    public void EveryRow_NamesItsTests()
    {
        var wrong = Rows.Where(r => Tests.Contains(r.Id))
            .Select(r => (r.Id, Said: Names(r.Shown), Found: Tests[r.Id].Order(StringComparer.Ordinal).ToArray()))
            .Where(r => !r.Said.SequenceEqual(r.Found))
            .Select(r => $"{r.Id}: the document says {string.Join(", ", r.Said)}; tests: {string.Join(", ", r.Found)}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void EveryTestedId_IsARow_AndNoIdIsUsedTwice()
    {
        Assert.Empty(Tests.Select(t => t.Key).Except(Rows.Select(r => r.Id)));
        Assert.Equal(Rows.Count, Rows.Select(r => r.Id).Distinct().Count());
        Assert.True(Rows.Count > 40, $"{Rows.Count} rows were read.");
    }

    private static string[] Names(string shown) =>
        [.. NamePattern().Matches(shown).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal)];

    private sealed record Row(string Id, string Shown);

    [GeneratedRegex(@"^\| (?<id>[A-Z]+-\d\d) \|.*\|(?<shown>[^|]*)\|$")]
    private static partial Regex RowPattern();

    [GeneratedRegex("`([A-Za-z]+\\.[A-Za-z0-9_]+)`")]
    private static partial Regex NamePattern();
}
