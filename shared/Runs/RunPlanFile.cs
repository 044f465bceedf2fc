namespace ArenaBench.Core.Runs;

/// <summary>What one attempt of a run has to do, as <c>runs/{run}/plan-{attempt}.json</c>: written once, before the first call.</summary>
/// <param name="Models">In the order of <see cref="RunSpec.AnsweringModels"/>.</param>
/// <param name="Damaged">Lines of canonical files that were left out, by place; their work is done again.</param>
public sealed record RunPlanFile(int Schema, IReadOnlyList<ModelWork> Models, IReadOnlyList<string>? Damaged = null)
{
    public const int CurrentSchema = 1;
}

/// <param name="Settled">Questions of which everything exists already.</param>
/// <param name="NeededFirst">A baseline whose missing answers other models' games wait for.</param>
/// <param name="Last">Shards that begin together at the end.</param>
public sealed record ModelWork(
    IReadOnlyList<IReadOnlyList<QuestionWork>> Shards,
    int Window,
    int AnswerLanes,
    int JudgeLanes,
    IReadOnlyList<int> Settled,
    bool NeededFirst,
    int Last = 0);

/// <param name="Question">Index into the run's frozen questions.</param>
/// <param name="Games">judge × 2 + (game − 1), ascending.</param>
public sealed record QuestionWork(int Question, bool Answer, IReadOnlyList<int> Games);
