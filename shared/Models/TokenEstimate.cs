namespace ArenaBench.Core.Models;

/// <summary>Prompt tokens by length alone: for limits, where the reply corrects the estimate and speed matters.</summary>
internal static class TokenEstimate
{
    public static int Of(ModelRequest request)
    {
        var total = 0;
        foreach (var message in request.Messages)
            total += (message.Content.Length / 4) + 5;
        return total;
    }
}
