using System.Buffers;
using System.Text;
using ArenaBench.LocalRuntime.Engine;

namespace ArenaBench.LocalRuntime.Tests.Engine;

public sealed class LogCodecTests
{
    private static readonly DateTime s_now = new(2025, 3, 4, 5, 6, 7, 890, DateTimeKind.Utc);

    private static readonly FailureRecord s_failure = new("T", "m \"q\"\nü", "stack", new FailureRecord("U", "n", null, null));

    /// <summary>One of every kind.</summary>
    private static readonly HistoryEvent[] s_all =
    [
        new OrchestrationStarted(
            s_now, "run", 1, "Main", "{\"A\":\"ü\\n\"}", s_now, s_now.AddHours(1), new ParentCall("p", "P", 2, 3),
            new Dictionary<string, string> { ["k"] = "v" }, [new BufferedEvent("e", null)], "\"s\"", true),
        new OrchestratorBegan(s_now), new TaskCompleted(s_now, 0, null), new TaskCompleted(s_now, 1, "\"x\""),
        new TaskFailed(s_now, 2, s_failure), new ChildCompleted(s_now, 3, "1"), new ChildFailed(s_now, 4, s_failure),
        new TimerFired(s_now, 5), new EventRaised(s_now, "go", "1", "src/1/2"), new Suspended(s_now, "r"),
        new Resumed(s_now, null), new Terminated(s_now, "\"o\"", true), new TaskScheduled(0, "A", "1"),
        new ChildScheduled(1, "C", "run:1", null), new TimerScheduled(2, s_now), new TimerCanceled(2),
        new EventSent(3, "other", "go", "2"), new StatusSet("\"s\""), new Completed("1"), new Failed(s_failure),
        new ContinuedAsNew("2", [new BufferedEvent("go", "1")]),
    ];

    private static byte[] Write(params HistoryEvent[] lines)
    {
        var block = new ArrayBufferWriter<byte>();
        var chain = LogCodec.Write(block, new LogHeader(1, "run", 1, 1), EngineJsonContext.Lines.LogHeader, 0);
        foreach (var line in lines)
            chain = LogCodec.Write(block, line, EngineJsonContext.Lines.HistoryEvent, chain);
        return block.WrittenSpan.ToArray();
    }

    [Fact]
    public void EveryKindOfLine_ComesBackAsItWas()
    {
        var kinds = typeof(HistoryEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(HistoryEvent)) && !type.IsAbstract);
        Assert.Equivalent(kinds, s_all.Select(line => line.GetType()).Distinct());

        var reader = new LogReader("run", 1);
        reader.Add(Write(s_all), "here");
        Assert.Equal(s_all.Length, reader.Events.Count);
        for (var i = 0; i < s_all.Length; i++)
            Assert.Equivalent(s_all[i], reader.Events[i], strict: true);
    }

    [Fact]
    public void Lines_AreJsonObjects_WithTheChecksumLast()
    {
        var lines = Encoding.UTF8.GetString(Write(s_all)).TrimEnd('\n').Split('\n');
        Assert.Equal(s_all.Length + 1, lines.Length);
        Assert.All(lines, line => Assert.Equal(
            "crc", System.Text.Json.JsonDocument.Parse(line).RootElement.EnumerateObject().Last().Name));
        Assert.Contains("ü", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void AnyChangedByte_IsNoticed()
    {
        var sound = Write(s_all[1], s_all[4], s_all[7]);
        for (var i = 0; i < sound.Length; i++)
        {
            var changed = sound.ToArray();
            changed[i] ^= 4;
            var reader = new LogReader("run", 1);
            Assert.Throws<LogDamagedException>(() => reader.Add(changed, "here"));
        }
    }

    [Fact]
    public void AnyCut_ButAtALineEnd_IsNoticed()
    {
        var sound = Write(s_all[1], s_all[4], s_all[7]);
        for (var length = 0; length < sound.Length; length++)
        {
            var reader = new LogReader("run", 1);
            if (length > 0 && sound[length - 1] == '\n')
                reader.Add(sound.AsSpan(0, length), "here");
            else
                Assert.Throws<LogDamagedException>(() => reader.Add(sound.AsSpan(0, length), "here"));
        }
    }

    [Fact]
    public void UnknownKind_OfTheSameFormat_IsNamedWithItsLine()
    {
        var block = new ArrayBufferWriter<byte>();
        var chain = LogCodec.Write(block, new LogHeader(1, "run", 1, 1), EngineJsonContext.Lines.LogHeader, 0);
        LogCodec.Write(block, new LogHeader(1, "run", 1, 1), EngineJsonContext.Lines.LogHeader, chain);
        var text = Encoding.UTF8.GetString(block.WrittenSpan);
        var reader = new LogReader("run", 1);
        var damage = Assert.Throws<LogDamagedException>(() => reader.Add(Encoding.UTF8.GetBytes(text), "here"));
        Assert.StartsWith("here, line 2:", damage.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run:m03:s012")]
    [InlineData("with space, ü, 100% & +.jsonl")]
    [InlineData("..")]
    public void BlobNames_AreReversible(string id)
    {
        var key = new LogKey(id, 12, 3);
        Assert.Equal((key, false), BlobNames.Parse(BlobNames.Of(key, isSealed: false)));
        Assert.Equal((key with { Segment = 0 }, true), BlobNames.Parse(BlobNames.Of(key, isSealed: true)));
        Assert.Null(BlobNames.Parse("owner.json"));
        Assert.Null(BlobNames.Parse("run/notes.txt"));
    }
}
