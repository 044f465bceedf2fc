using ArenaBench.Core.Configuration;
using ArenaBench.Core.Models.Failures;
using ArenaBench.Core.Models.Providers;

namespace ArenaBench.Core.Models;

/// <summary>Finds endpoints that cannot be reached before anything is paid: asks each address once, without key and prompt. Any HTTP answer will do.</summary>
public sealed class EndpointProbe(KeySource keys, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>One problem for each model none of whose endpoints answers. Models must have passed <see cref="Endpoints.Validate"/>.</summary>
    /// <param name="place">Makes the problem of a model's name and a message; null: without a place.</param>
    public async Task<IReadOnlyList<Problem>> FindUnreachableAsync(
        IEnumerable<ModelSettings> models, CancellationToken cancellationToken, Func<string, string, Problem>? place = null)
    {
        using var network = EndpointDirectory.Network();
        using var http = new HttpClient(network, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        var asked = new Dictionary<string, Task<string?>>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var model in models.DistinctBy(model => model.Name))
        {
            var targets = EndpointTarget.AllOf(model, keys);
            var reasons = new List<string>();
            foreach (var target in targets)
            {
                var address = target.Base.GetLeftPart(UriPartial.Authority);
                if (!asked.TryGetValue(address, out var answer))
                    asked[address] = answer = AskAsync(http, target.Facts(model), target.Base, cancellationToken);
                if (await answer.ConfigureAwait(false) is { } reason)
                    reasons.Add(reason);
            }

            if (reasons.Count == targets.Count)
            {
                var message = $"{model.Name}: {string.Join("; ", reasons)}";
                problems.Add(place?.Invoke(model.Name, message) ?? new Problem(null, null, null, message));
            }
        }

        return problems;
    }

    /// <returns>Null: it answers.</returns>
    private async Task<string?> AskAsync(HttpClient http, RequestFacts facts, Uri address, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            return null;
        }
        catch (HttpRequestException exception)
        {
            return exception.GetBaseException() is ForbiddenAddressException forbidden ? forbidden.Message : ConnectionFailure.Of(exception, facts).Reason;
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return $"{facts.Host} does not answer within {Patience.TotalSeconds:0} s";
        }
    }
}
