using System.Globalization;
using System.Text.Json;
using ArenaBench.LocalRuntime.Engine;

namespace ArenaBench.LocalRuntime.Management;

/// <summary>A history as the management API shows it: one entry for each call, when it ended.</summary>
internal static class HistoryJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<HistoryEvent> history, bool showInput, bool showOutput)
    {
        var calls = new Dictionary<int, (string Name, string? Input, DateTime At)>();
        var clock = default(DateTime);
        json.WriteStartArray("historyEvents");
        foreach (var entry in history)
        {
            if (entry is IncomingEvent incoming) clock = incoming.At;
            switch (entry)
            {
                case TaskScheduled task:
                    calls[task.Task] = (task.Name, task.Input, clock);
                    break;
                case ChildScheduled child:
                    calls[child.Task] = (child.Name, child.Input, clock);
                    break;
                default:
                    new HistoryEntry(json, clock, showInput, showOutput).Write(entry, calls);
                    break;
            }
        }

        json.WriteEndArray();
    }

    internal static string Time(DateTime time) => time.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>One entry of a history; what the API does not show writes nothing.</summary>
internal readonly struct HistoryEntry(Utf8JsonWriter json, DateTime clock, bool showInput, bool showOutput)
{
    public void Write(HistoryEvent entry, Dictionary<int, (string Name, string? Input, DateTime At)> calls)
    {
        switch (entry)
        {
            case OrchestrationStarted started:
                Begin("ExecutionStarted");
                json.WriteString("FunctionName", started.Name);
                if (showInput) StatusJson.WriteData(json, "Input", started.Input);
                End();
                break;
            case TaskCompleted task:
                Call("TaskCompleted", calls, task.Task, task.Result);
                break;
            case ChildCompleted child:
                Call("SubOrchestrationInstanceCompleted", calls, child.Task, child.Result);
                break;
            case TaskFailed task:
                Call("TaskFailed", calls, task.Task, task.Failure);
                break;
            case ChildFailed child:
                Call("SubOrchestrationInstanceFailed", calls, child.Task, child.Failure);
                break;
            case TimerScheduled timer:
                Begin("TimerCreated");
                json.WriteString("FireAt", HistoryJson.Time(timer.FireAt));
                End();
                break;
            case TimerFired:
                Begin("TimerFired");
                End();
                break;
            case EventRaised raised:
                Begin("EventRaised");
                json.WriteString("Name", raised.Name);
                if (showInput) StatusJson.WriteData(json, "Input", raised.Payload);
                End();
                break;
            case EventSent sent:
                Begin("EventSent");
                json.WriteString("InstanceId", sent.InstanceId);
                json.WriteString("Name", sent.Name);
                if (showInput) StatusJson.WriteData(json, "Input", sent.Payload);
                End();
                break;
            case Suspended suspended:
                Begin("ExecutionSuspended");
                json.WriteString("Reason", suspended.Reason);
                End();
                break;
            case Resumed resumed:
                Begin("ExecutionResumed");
                json.WriteString("Reason", resumed.Reason);
                End();
                break;
            case Terminated terminated:
                Ended("Terminated", terminated.Output);
                break;
            case Completed completed:
                Ended("Completed", completed.Output);
                break;
            case Failed failed:
                Ended("Failed", $"{failed.Failure.Type}: {failed.Failure.Message}");
                break;
        }
    }

    private void Call(
        string kind, Dictionary<int, (string Name, string? Input, DateTime At)> calls, int number, object? outcome)
    {
        Begin(kind);
        if (outcome is FailureRecord failure)
        {
            json.WriteString("Reason", failure.Message);
            json.WriteString("Details", $"{failure.Type}: {failure.Message}");
        }
        else if (showOutput)
        {
            StatusJson.WriteData(json, "Result", (string?)outcome);
        }

        if (calls.TryGetValue(number, out var call))
        {
            json.WriteString("ScheduledTime", HistoryJson.Time(call.At));
            json.WriteString("FunctionName", call.Name);
            if (showInput) StatusJson.WriteData(json, "Input", call.Input);
        }

        End();
    }

    private void Ended(string status, string? output)
    {
        Begin("ExecutionCompleted");
        json.WriteString("OrchestrationStatus", status);
        if (showOutput) StatusJson.WriteData(json, "Result", output);
        End();
    }

    private void Begin(string kind)
    {
        json.WriteStartObject();
        json.WriteString("EventType", kind);
        json.WriteString("Timestamp", HistoryJson.Time(clock));
    }

    private void End() => json.WriteEndObject();
}
