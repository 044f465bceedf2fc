using ArenaBench.Core.Costs;
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
        sum.Spent = sum.Spent.Plus(Spending.Of(line, RunSpending.PriceOf(spec, line.Key)));
        if (line.ModelVersion is { } version)
            sum.Versions.Add(version);
        sum.Truncated += line.IsTruncated ? 1 : 0;
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
            entry.Key.Model, entry.Key.IsJudge, [.. entry.Value.Versions], entry.Value.Made, entry.Value.Truncated, entry.Value.Reused,
            entry.Value.Imported, entry.Value.Failed, entry.Value.Spent.Calls, entry.Value.Spent.Usage ?? new TokenUsage(0, 0),
            IsPriced(entry.Key.Model, entry.Key.IsJudge) ? entry.Value.Spent.Usd : null, entry.Value.Spent.Unreported)),
    ];

    /// <summary>Without a price nobody knows what it cost.</summary>
    private bool IsPriced(string model, bool isJudge) =>
        (isJudge ? spec.Judges : spec.AnsweringModels).FirstOrDefault(known => known.Name == model)?.Settings?.Price is not null;

    private sealed class Sum
    {
        public SortedSet<string> Versions { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, int> Failed { get; } = new(StringComparer.Ordinal);

        public int Made { get; set; }

        public int Truncated { get; set; }

        public int Reused { get; set; }

        public int Imported { get; set; }

        public Spending Spent { get; set; } = Spending.None;
    }
}
