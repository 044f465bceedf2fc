using ArenaBench.Core.Runs;
using ArenaBench.Core.Telemetry;
using ArenaBench.Functions.Orchestrators;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.Functions.Activities;

/// <summary>Writes the spans whose beginning and end only an orchestration knows. Run twice they are written twice, under the same ids.</summary>
public sealed class TraceActivities(RunCatalog runs)
{
    [Function(nameof(TraceQuestions))]
    public async Task TraceQuestions([ActivityTrigger] QuestionTimes input, CancellationToken cancellationToken)
    {
        var trace = RunTrace.Of((await runs.GetAsync(input.Run, input.Attempt, cancellationToken)).Spec);
        foreach (var (question, start, end) in input.Questions)
            trace?.Question(input.Model, question, start, end);
    }

    [Function(nameof(TraceRun))]
    public async Task TraceRun([ActivityTrigger] RunTimes input, CancellationToken cancellationToken)
    {
        var trace = RunTrace.Of((await runs.GetAsync(input.Run, input.Attempt, cancellationToken)).Spec);
        foreach (var (model, start, end) in input.Models)
            trace?.Model(model, start, end);
        trace?.Run(input.Start, input.End, input.Failed);
    }
}
