namespace ArenaBench.Core.Records;

/// <summary>What a record of a run is about. Two records of one key are the same piece of work.</summary>
/// <param name="Judge">Games only.</param>
/// <param name="GameNumber">Games only: 1, or 2 for swapped positions.</param>
public sealed record RecordKey(RecordKind Kind, string QuestionId, string Model, string? Judge = null, int? GameNumber = null)
{
    public static RecordKey ForAnswer(string questionId, string model) => new(RecordKind.Answer, questionId, model);

    public static RecordKey ForGame(string questionId, string model, string judge, int gameNumber) =>
        new(RecordKind.Game, questionId, model, judge, gameNumber);
}

public enum RecordKind
{
    Answer,
    Game,
    Reference,
}
