using System.Text;
using ArenaBench.LocalRuntime.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Tests.Engine;

/// <summary>A log that was cut, edited or written by a newer version: that instance has failed, the others go on.</summary>
public sealed class DamagedLogTests
{
    private static readonly LogKey s_segment = new("sick", 1, 1);

    private static TestHub Hub() => new TestHub()
        .Activity<int, int>("Double", value => value * 2)
        .Orchestrator("Main", async context =>
        {
            await context.CallActivityAsync<int>("Double", 1);
            return await context.WaitForExternalEvent<int>("go");
        });

    public static TheoryData<string, string> Damages => new()
    {
        { "cut off", "line 5: the line is cut off" },
        { "edited", "line 4: the checksum does not fit" },
        { "line removed", "line 3: the checksum does not fit" },
        { "line repeated", "line 5: the checksum does not fit" },
        { "no checksum", "line 3: the checksum is missing" },
        { "newer format", "line 1: written in format 2 by a newer version; this version reads up to 1" },
        { "another's log", "line 1: expected segment 1 of generation 1 of 'sick'" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task DamagedLog_FailsItsInstance_WithThePlace_OthersGoOn(string damage, string expected)
    {
        await using var hub = await Hub().StartAsync();
        foreach (var id in new[] { "sick", "sound" })
        {
            await hub.BeginAsync("Main", id: id);
            while (!(await hub.Engine.ReadHistoryAsync(id, TestHub.Cancel))!.OfType<TaskCompleted>().Any())
                await Task.Delay(1, TestHub.Cancel);
        }

        await hub.CrashAsync();
        hub.Memory.Edit(s_segment, bytes => Damage(bytes, damage));
        await hub.StartAsync();

        var sick = await hub.StatusAsync("sick");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, sick.RuntimeStatus);
        Assert.Contains($"memory/sick/000001.0001.jsonl, {expected}", sick.ReadOutputAs<string>(), StringComparison.Ordinal);
        await hub.Client.RaiseEventAsync("sound", "go", 4, TestHub.Cancel);
        Assert.Equal(4, (await hub.EndAsync("sound")).ReadOutputAs<int>());

        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.RaiseEventAsync("sick", "go", 4, TestHub.Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Engine.ReadHistoryAsync("sick", TestHub.Cancel));
    }

    [Fact]
    public async Task DamagedInstance_CanBePurged_AndItsIdUsedAgain()
    {
        await using var hub = await Hub().StartAsync();
        await hub.BeginAsync("Main", id: "sick");
        await hub.Client.WaitForInstanceStartAsync("sick", TestHub.Cancel);
        await hub.CrashAsync();
        hub.Memory.Edit(s_segment, bytes => bytes[..^3]);
        await hub.StartAsync();
        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync("sick", TestHub.Cancel)).PurgedInstanceCount);
        Assert.Empty(hub.Memory.Segments);
        await hub.BeginAsync("Main", id: "sick");
        await hub.Client.RaiseEventAsync("sick", "go", 5, TestHub.Cancel);
        Assert.Equal(5, (await hub.EndAsync("sick")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task DamagedInstance_StartedAgain_GetsANewGeneration()
    {
        await using var hub = await Hub().StartAsync();
        await hub.BeginAsync("Main", id: "sick");
        await hub.Client.WaitForInstanceStartAsync("sick", TestHub.Cancel);
        await hub.CrashAsync();
        hub.Memory.Edit(s_segment, bytes => bytes[..^3]);
        await hub.StartAsync();
        await hub.BeginAsync("Main", id: "sick");
        await hub.Client.RaiseEventAsync("sick", "go", 6, TestHub.Cancel);
        Assert.Equal(6, (await hub.EndAsync("sick")).ReadOutputAs<int>());
        await hub.RestartAsync();
        Assert.Equal(6, (await hub.StatusAsync("sick")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task DamagedChild_FailsTheParentsCall()
    {
        await using var hub = await Hub()
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>(
                "Main", null, new SubOrchestrationOptions(instanceId: "sick")))
            .StartAsync();
        await hub.BeginAsync("Parent", id: "parent");
        await hub.Client.WaitForInstanceStartAsync("sick", TestHub.Cancel);
        await hub.CrashAsync();
        hub.Memory.Edit(s_segment, bytes => bytes[..^3]);
        await hub.StartAsync();
        Assert.Contains("000001.0001.jsonl, line", (await hub.EndAsync("parent")).ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LogChangedUnderARunningInstance_IsReadAgain()
    {
        await using var hub = await Hub().StartAsync();
        await hub.BeginAsync("Main", id: "sick");
        while (!(await hub.Engine.ReadHistoryAsync("sick", TestHub.Cancel))!.OfType<TaskCompleted>().Any())
            await Task.Delay(1, TestHub.Cancel);
        hub.Memory.Edit(s_segment, bytes => bytes[..^40]);
        var raise = hub.Client.RaiseEventAsync("sick", "go", 4, TestHub.Cancel);
        var status = await hub.EndAsync("sick");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, status.RuntimeStatus);
        Assert.Contains("cut off", status.ReadOutputAs<string>(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => raise);
    }

    [Fact]
    public async Task EndedInstance_WithADamagedLog_KeepsItsOutcome()
    {
        await using var hub = await Hub().StartAsync();
        await hub.BeginAsync("Main", id: "sick");
        await hub.Client.RaiseEventAsync("sick", "go", 3, TestHub.Cancel);
        await hub.EndAsync("sick");
        while (hub.Memory.Segments.Count > 0)
            await Task.Delay(1, TestHub.Cancel);
        var summary = (await hub.Memory.ListAsync(TestHub.Cancel)).Single().Summary!;
        await hub.Memory.SealAsync("sick", 1, Encoding.UTF8.GetBytes("rubbish"), summary, TestHub.Cancel);
        var unreadable = await Assert.ThrowsAsync<InvalidOperationException>(
            () => hub.Engine.ReadHistoryAsync("sick", TestHub.Cancel));
        Assert.Contains("memory/sick/000001.sealed.jsonl, line 1", unreadable.Message, StringComparison.Ordinal);
        Assert.Equal("3", (await hub.StatusAsync("sick")).SerializedOutput);
        await hub.RestartAsync();
        Assert.Equal("3", (await hub.StatusAsync("sick")).SerializedOutput);
    }

    /// <summary>Lines: header, started, began, taskScheduled, taskCompleted.</summary>
    private static byte[] Damage(byte[] bytes, string damage)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var lines = text.TrimEnd('\n').Split('\n').ToList();
        switch (damage)
        {
            case "cut off":
                return bytes[..^5];
            case "edited":
                lines[3] = lines[3].Replace("Double", "Triple", StringComparison.Ordinal);
                break;
            case "line removed":
                lines.RemoveAt(2);
                break;
            case "line repeated":
                lines.Insert(4, lines[3]);
                break;
            case "no checksum":
                lines[2] = """{"kind":"began","at":"2025-01-01T00:00:00Z"}""";
                break;
            case "newer format":
                return Header(new LogHeader(2, "sick", 1, 1));
            case "another's log":
                return Header(new LogHeader(1, "other", 1, 1));
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

        static byte[] Header(LogHeader header)
        {
            var block = new System.Buffers.ArrayBufferWriter<byte>();
            LogCodec.Write(block, header, EngineJsonContext.Lines.LogHeader, 0);
            return block.WrittenSpan.ToArray();
        }
    }
}
