namespace ArenaBench.Core.Runs;

/// <summary>How many calls each model of a run may have in flight: what an endpoint takes, but where several models share it, three
/// times a model's share of the work there. So a model goes on at full speed when most others have ended, and those that wait at the
/// limiter are few: they hold places of a host that others could use.</summary>
internal sealed class LaneShares(RunSpec spec, IReadOnlyList<FoundRecords> found)
{
    private const int Oversubscribed = 3;

    private readonly int[] _answers = [.. found.Select(records => records.Work.Count(item => item.Answer))];
    private readonly int[] _games = [.. found.Select(records => records.Work.Sum(item => item.Games.Count))];

    public int Answering(int model)
    {
        if (spec.AnsweringModels[model].Settings is not { } settings)
            return 1;
        var all = _answers.Where((_, other) => spec.AnsweringModels[other].Settings is { } shared && SharesEndpoint(settings, shared)).Sum();
        return Of(settings.Parallel, _answers[model], all);
    }

    public int Judging(int model) =>
        Of(spec.Judges.Count == 0 ? 1 : spec.Judges.Max(judge => judge.Settings?.Parallel ?? 1), _games[model], _games.Sum());

    private static int Of(int parallel, int own, int all) =>
        all == 0 ? parallel : (int)Math.Clamp(Math.Ceiling((double)parallel * Oversubscribed * own / all), 1, parallel);

    private static bool SharesEndpoint(Models.ModelSettings one, Models.ModelSettings other) =>
        one.ModelName == other.ModelName
        && one.Endpoints.Select(endpoint => (endpoint.ApiBase, endpoint.ApiKey)).Intersect(other.Endpoints.Select(endpoint => (endpoint.ApiBase, endpoint.ApiKey))).Any();
}
