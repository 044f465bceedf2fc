using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;

namespace ArenaBench.Core.Leaderboards;

/// <summary>Scores a plain folder in the published layout: no host, no store. Damaged lines are reported and left out.</summary>
public static class FolderScores
{
    /// <exception cref="ProblemException">There is no benchmark in the folder, or its configuration is wrong.</exception>
    public static async Task<LeaderboardBuilder> ReadAsync(BenchmarkFolder folder, ProblemLog problems, CancellationToken cancellationToken)
    {
        var benchmark = await folder.ReadAsync(cancellationToken: cancellationToken);
        var builder = new LeaderboardBuilder(benchmark.Name, benchmark.Judging.Mode, benchmark.Questions);
        await foreach (var file in RecordFiles.ListAsync(folder.Tree, folder.Prefix, cancellationToken))
        {
            await using var stream = await folder.Tree.OpenReadAsync(file.Path, cancellationToken);
            if (stream is null)
                continue;
            if (file.Kind == RecordFileKind.Judgment)
                await AddJudgmentsAsync(builder, benchmark, file, stream, folder.Tree.Describe(file.Path), problems, cancellationToken);
            else if (file.Kind == RecordFileKind.Answer)
                await AddAnswersAsync(builder, benchmark, stream, folder.Tree.Describe(file.Path), problems, cancellationToken);
        }

        return builder;
    }

    private static async Task AddJudgmentsAsync(
        LeaderboardBuilder builder, Benchmark benchmark, RecordFile file, Stream stream, string place, ProblemLog problems,
        CancellationToken cancellationToken)
    {
        var categories = benchmark.Questions.ToDictionary(question => question.Id, question => question.Category, StringComparer.Ordinal);
        var judge = file.Judge ?? (benchmark.Judging.JudgeModels.Count > 0 ? benchmark.Judging.JudgeModels[0] : "judge");
        await foreach (var (_, scores) in ScoreReader.ReadJudgmentsAsync(benchmark.Dialect, stream, place, problems, cancellationToken))
        {
            var baseline = benchmark.Judging.Mode == JudgingMode.Single
                ? null
                : scores.Baseline ?? benchmark.Judging.BaselineFor(categories.GetValueOrDefault(scores.QuestionId, ""));
            for (var game = 0; game < scores.Games.Count; game++)
            {
                if (benchmark.Judging.Mode == JudgingMode.Single || baseline is not null)
                {
                    builder.Add(new ScoredGame(
                        scores.QuestionId, scores.Model, scores.Judge ?? judge, baseline, game + 1, scores.Games[game],
                        scores.Games[game] is null ? "missing_game" : null));
                }
            }
        }
    }

    private static async Task AddAnswersAsync(
        LeaderboardBuilder builder, Benchmark benchmark, Stream stream, string place, ProblemLog problems, CancellationToken cancellationToken)
    {
        await foreach (var (_, answer) in ScoreReader.ReadAnswersAsync(benchmark.Dialect, stream, place, problems, cancellationToken))
        {
            if (answer.Style is { } style)
                builder.Add(new ScoredAnswer(answer.QuestionId, answer.Model, style));
        }
    }
}
