using ArenaBench.Core.Records;

namespace ArenaBench.Core.Runs;

/// <summary>Adds up a run's records by who made them.</summary>
internal sealed class ManifestCounts(RunSpec spec)
{
    private readonly Dictionary<(string Model, bool IsJudge), Sum> _sums = [];

    public void Add(RecordEnvelope line)
    {
        var isJudge = line.Key.Kind == RecordKind.Game;
        var who = (isJudge ? line.Key.Judge! : line.Key.Model, isJudge);
        if (!_sums.TryGetValue(who, out var sum))
            _sums[who] = sum = new Sum();
        sum.Calls += line.Attempts;
        sum.Tokens = sum.Tokens.Plus(line.Usage);
        if (line.ModelVersion is { } version)
            sum.Versions.Add(version);
        if (line.Record is null)
            sum.Failed[line.Status.Name()] = sum.Failed.GetValueOrDefault(line.Status.Name()) + 1;
        else if (line.Status != RecordStatus.Reused)
            sum.Made++;
        else if (line.Fingerprint is null)
            sum.Imported++;
        else
            sum.Reused++;
    }

    public IReadOnlyList<ModelManifest> Models() =>
    [
        .. _sums.OrderBy(entry => entry.Key.IsJudge).ThenBy(entry => entry.Key.Model, StringComparer.Ordinal).Select(entry => new ModelManifest(
            entry.Key.Model, entry.Key.IsJudge, [.. entry.Value.Versions], entry.Value.Made, entry.Value.Reused, entry.Value.Imported,
            entry.Value.Failed, entry.Value.Calls, entry.Value.Tokens ?? new TokenUsage(0, 0), CostOf(entry.Key.Model, entry.Key.IsJudge, entry.Value.Tokens))),
    ];

    private decimal? CostOf(string model, bool isJudge, TokenUsage? tokens)
    {
        var price = (isJudge ? spec.Judges : spec.AnsweringModels).FirstOrDefault(known => known.Name == model)?.Settings?.Price;
        return price is null ? null : tokens is null ? 0 : price.CostOf(tokens);
    }

    private sealed class Sum
    {
        public SortedSet<string> Versions { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, int> Failed { get; } = new(StringComparer.Ordinal);

        public int Calls { get; set; }

        public int Made { get; set; }

        public int Reused { get; set; }

        public int Imported { get; set; }

        public TokenUsage? Tokens { get; set; }
    }
}
