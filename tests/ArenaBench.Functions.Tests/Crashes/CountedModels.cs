using System.Collections.Concurrent;
using ArenaBench.Core.Models;
using ArenaBench.Core.Records;

namespace ArenaBench.Functions.Tests.Crashes;

/// <summary>Models that answer at once, always the same, and count what they are paid for.</summary>
internal sealed class CountedModels : IModelCaller
{
    private readonly ConcurrentDictionary<string, int> _paid = new(StringComparer.Ordinal);

    public int Paid => _paid.Values.Sum();

    public int PaidAgain => _paid.Values.Sum(times => times - 1);

    public async Task<ModelReply> CallAsync(ModelSettings model, ModelRequest request, CallContext context, CancellationToken cancellationToken)
    {
        _paid.AddOrUpdate($"{model.Name} {string.Join('\n', request.Messages.Select(turn => turn.Content))}", 1, (_, times) => times + 1);
        await Task.Yield();
        var text = model.Name.Contains("judge", StringComparison.Ordinal) ? $"Good. [[{request.Messages[^1].Content.Length % 9 + 1}]]" : "An answer.";
        return new ModelReply(RecordStatus.Ok, text, null, null, new TokenUsage(10, 3), 1, model.Name, 1, null);
    }
}
