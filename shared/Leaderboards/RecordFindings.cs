using System.Globalization;
using ArenaBench.Core.Configuration;

namespace ArenaBench.Core.Leaderboards;

/// <summary>What is wrong with records that are read for scoring: each kind once, with the place of its first case and the number of
/// all, since a mistake seldom comes alone.</summary>
public sealed class RecordFindings
{
    private readonly Dictionary<string, (Problem First, int Count)> _kinds = new(StringComparer.Ordinal);

    /// <param name="what">The kind, as a sentence without its subject: the line.</param>
    public void Add(string what, string file, int line) =>
        _kinds[what] = _kinds.TryGetValue(what, out var kind) ? kind with { Count = kind.Count + 1 } : (new Problem(file, line, null, what), 1);

    /// <summary>In the order in which the kinds came up.</summary>
    public IEnumerable<Problem> All => _kinds.Values.Select(kind => kind.Count == 1
        ? kind.First
        : kind.First with { Message = string.Create(CultureInfo.InvariantCulture, $"{kind.First.Message} ({kind.Count:#,0} such, of which this is the first)") });
}
