using ArenaBench.Core.Runs;
using ArenaBench.Functions.Orchestrators;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.Functions.Activities;

public sealed class PublishActivities(RunCatalog runs, RecordPublisher publisher)
{
    [Function(nameof(PublishRecords))]
    public async Task PublishRecords([ActivityTrigger] PublishInput input, CancellationToken cancellationToken) =>
        await publisher.PublishAsync(await runs.GetAsync(input.Run, input.Attempt, cancellationToken), input.Model, cancellationToken);
}
