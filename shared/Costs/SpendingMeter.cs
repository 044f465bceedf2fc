using ArenaBench.Core.Models;

namespace ArenaBench.Core.Costs;

/// <summary>Adds up what the calls made through it cost.</summary>
internal sealed class SpendingMeter(IModelCaller caller) : IModelCaller
{
    public Spending Spent { get; private set; } = Spending.None;

    public async Task<ModelReply> CallAsync(ModelSettings model, ModelRequest request, CallContext context, CancellationToken cancellationToken)
    {
        var reply = await caller.CallAsync(model, request, context, cancellationToken);
        Spent = Spent.Plus(Spending.Of(reply, model.Price, CallBound.Of(model, request)));
        return reply;
    }
}
