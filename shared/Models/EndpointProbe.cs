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
        var waiting = new List<(ModelSettings Model, Task<string?>[] Answers)>();
        foreach (var model in models.DistinctBy(model => model.Name))
            waiting.Add((model, [.. EndpointTarget.AllOf(model, keys).Select(target => AskOnce(model, target))]));

        var problems = new List<Problem>();
        foreach (var (model, answers) in waiting)
        {
            var reasons = (await Task.WhenAll(answers).ConfigureAwait(false)).OfType<string>().ToArray();
            if (reasons.Length == answers.Length)
            {
                var message = $"{model.Name}: {string.Join("; ", reasons)}";
                problems.Add(place?.Invoke(model.Name, message) ?? new Problem(null, null, null, message));
            }
        }

        return problems;

        Task<string?> AskOnce(ModelSettings model, EndpointTarget target)
        {
            var address = target.Base.GetLeftPart(UriPartial.Authority);
            return asked.TryGetValue(address, out var answer) ? answer : asked[address] = AskAsync(http, target.Facts(model), target.Base, cancellationToken);
        }
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
