using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;

namespace ArenaBench.Functions.Browsing;

/// <summary>One model's answer to one question, and the games that were played with it.</summary>
internal sealed class QuestionRow(int question, string model)
{
    private readonly List<IndexRow> _games = [];

    public int Question { get; } = question;

    public string Model { get; } = model;

    /// <summary>Null when there is none yet, or the run needs none.</summary>
    public IndexRow? Answer { get; private set; }

    public IReadOnlyList<IndexRow> Games => _games;

    public void Add(IndexRow record)
    {
        if (record.Key.Kind == RecordKind.Game)
            _games.Add(record);
        else
            Answer = record;
    }
}
