using System.Text.Json;
using ArenaBench.Core.Storage;
using ArenaBench.Testing;

namespace ArenaBench.Chaos;

/// <summary>What a run has left behind, in its parts and in the canonical files.</summary>
/// <param name="Lost">Answers and verdicts that are in the one or the other not.</param>
/// <param name="Duplicated">Lines that repeat a record.</param>
internal sealed record Records(int Lost, int Duplicated)
{
    public static async Task<Records> ReadAsync(ArenaContainer store, string run, ChaosSize size, CancellationToken cancellationToken)
    {
        var keys = await store.Parts.ReadAllAsync(run, cancellationToken).Where(placed => placed.Line.Record is not null)
            .Select(placed => placed.Line.Key).ToListAsync(cancellationToken);
        var (lost, duplicated) = (size.Calls - keys.Distinct().Count(), keys.Count - keys.Distinct().Count());
        foreach (var model in ChaosSize.Models)
        {
            foreach (var file in new[] { CanonicalFile.Answers(SmallBenchmark.Name, model), CanonicalFile.Judgments(SmallBenchmark.Name, "sim-judge", model) })
            {
                var text = (await store.Files.ReadAsync(file.Path, cancellationToken))?.Content.ToString() ?? "";
                var questions = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("question_id").GetString()).ToList();
                lost += size.Questions - questions.Distinct().Count();
                duplicated += questions.Count - questions.Distinct().Count();
            }
        }

        return new Records(lost, duplicated);
    }
}
