using System.Text;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;

namespace ArenaBench.Core.Tests.Dialects;

public sealed class JsonLinesTests
{
    private static async Task<(List<JsonLine<string>> Lines, IReadOnlyList<string> Problems)> ReadAsync(Stream stream)
    {
        var problems = new ProblemLog();
        var lines = await JsonLines.ReadAsync(stream, "a.jsonl", line => line.GetRawText(), problems, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        return (lines, [.. problems.Kept.Select(p => p.ToString())]);
    }

    [Fact]
    public async Task MarkCrlfBlankLinesAndMissingEnd_AreAllFine()
    {
        var (lines, problems) = await ReadAsync(Jsonl.Stream("\uFEFF{\"a\":1}\r\n\r\n  \n {\"b\":2} \n{\"c\":\"\\n\"}"));
        Assert.Equal([(1, "{\"a\":1}"), (4, "{\"b\":2}"), (5, "{\"c\":\"\\n\"}")], lines.Select(l => (l.Number, l.Value)));
        Assert.Empty(problems);
    }

    [Fact]
    public async Task EmptyFile_HasNoLines() => Assert.Empty((await ReadAsync(Jsonl.Stream(""))).Lines);

    [Fact]
    public async Task DamagedLines_AreNamedAndLeftOut()
    {
        using var stream = new MemoryStream();
        stream.Write("{\"a\":1}\n{\"b\":\n{\"c\":1} x\n"u8);
        stream.Write([(byte)'"', 0xFF, (byte)'"', (byte)'\n']);
        stream.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", 100)) + "\n{\"d\":1}\n{\"e\":1"));
        stream.Position = 0;

        var (lines, problems) = await ReadAsync(stream);

        Assert.Equal([1, 6], lines.Select(l => l.Number));
        Assert.Equal(5, problems.Count);
        Assert.StartsWith("a.jsonl:2:6: is not JSON: Expected", problems[0], StringComparison.Ordinal);
        Assert.StartsWith("a.jsonl:3:9: is not JSON: 'x' is invalid", problems[1], StringComparison.Ordinal);
        Assert.Equal("a.jsonl:4: the line is not UTF-8", problems[2]);
        Assert.StartsWith("a.jsonl:5:65: is not JSON: The maximum", problems[3], StringComparison.Ordinal);
        Assert.StartsWith("a.jsonl:7:", problems[4], StringComparison.Ordinal);
        Assert.All(problems, p => Assert.DoesNotContain("LineNumber", p, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RecordErrors_AreNamedWithTheirLine()
    {
        var problems = new ProblemLog();
        using var stream = Jsonl.Stream("{\"question_id\":\"q\",\"turns\":[\"t\"]}\n{\"question_id\":\"r\"}\n");
        var questions = await JsonLines.ReadAsync(stream, "q.jsonl", DialectCatalog.V1.ReadQuestion, problems, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal("q", Assert.Single(questions).Value.Id);
        var failure = Assert.Throws<ProblemException>(problems.ThrowIfAny);
        Assert.Equal("q.jsonl:2: turns is missing; a list is wanted", failure.Message);
    }

    [Fact]
    public void ProblemLog_BeyondWhatItKeeps_CountsOn()
    {
        var log = new ProblemLog(keep: 2);
        for (var line = 1; line <= 5; line++) log.Add(new Problem("f", line, null, "wrong"));
        var failure = Assert.Throws<ProblemException>(log.ThrowIfAny);
        Assert.Equal(["f:1: wrong", "f:2: wrong", "and 3 more"], failure.Problems.Select(p => p.ToString()));
        Assert.Equal(5, log.Count);
    }

    [Fact]
    public async Task GiantLines_AreReadAcrossBuffers()
    {
        var giant = new string('x', 3_000_000);
        var (lines, problems) = await ReadAsync(Jsonl.Stream($"{{\"a\":1}}\n\"{giant}\"\n{{\"b\":2}}\n"));
        Assert.Equal([7, 3_000_002, 7], lines.Select(l => l.Value.Length));
        Assert.Empty(problems);
    }

    [Fact]
    public async Task LineReader_AnyChunks_GiveTheSameLines()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(4) switch
            {
                0 => "\n",
                1 => "\r\n",
                _ => new string((char)('a' + random.Next(26)), random.Next(20)),
            }));
            var expected = text.Split('\n').Select(l => l.TrimEnd('\r')).ToList();
            if (text.Length == 0 || text[^1] == '\n') expected.RemoveAt(expected.Count - 1);

            using var lines = new LineReader(new ChunkedStream(Encoding.UTF8.GetBytes(text), random), longestLine: 1000);
            var read = new List<string>();
            while (await lines.ReadAsync(TestContext.Current.CancellationToken))
            {
                read.Add(Encoding.UTF8.GetString(lines.Line.Span));
                Assert.Equal(read.Count, lines.Number);
            }
            Assert.Equal(expected, read);
        }
    }

    [Fact]
    public async Task LineReader_OverlongLine_IsLeftOutAndTheNextOneRead()
    {
        using var lines = new LineReader(new ChunkedStream(Encoding.UTF8.GetBytes($"a\n{new string('x', 50_000)}\nb\n{new string('y', 50_000)}"), new Random(1)), longestLine: 100);
        var read = new List<(string, bool)>();
        while (await lines.ReadAsync(TestContext.Current.CancellationToken)) read.Add((Encoding.UTF8.GetString(lines.Line.Span), lines.IsTooLong));
        Assert.Equal([("a", false), ("", true), ("b", false), ("", true)], read);
    }

    /// <summary>Gives a few bytes at a time, as networks do.</summary>
    private sealed class ChunkedStream(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 9))], cancellationToken);
    }
}
