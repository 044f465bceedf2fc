using ArenaBench.Core.Runs;
using ArenaBench.Functions.Orchestrators;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.Functions.Activities;

public sealed class PublishActivities(RunCatalog runs, RecordPublisher publisher, LongWork longWork)
{
    [Function(nameof(PublishRecords))]
    public async Task PublishRecords([ActivityTrigger] PublishInput input, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        await longWork.RunAsync(() => publisher.PublishAsync(run, input.Model, cancellationToken), cancellationToken);
    }
}
