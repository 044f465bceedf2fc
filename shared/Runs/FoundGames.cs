using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>Which games of one model are in the canonical files, and which have to be played.</summary>
internal sealed class FoundGames(FrozenRun run, int model, IReadOnlyList<FoundAnswers> answers, DamagedRecords damaged)
{
    private readonly List<ReusedRecord> _reused = [];
    private readonly List<ReuseDecision> _reasons = [];
    private readonly List<int>[] _missing = [.. run.Questions.Select(_ => new List<int>())];

    /// <summary>By question: judge × 2 + (game − 1), ascending.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Missing => _missing;

    public IReadOnlyList<ReusedRecord> Reused => _reused;

    public IReadOnlyList<ReuseDecision> Reasons => _reasons;

    /// <returns>One for each judge; none where nothing of the model is judged.</returns>
    public static IEnumerable<CanonicalFile> FilesOf(RunSpec spec, int model) =>
        model < spec.Models.Count && spec.What is RunWork.Both or RunWork.Judge
            ? spec.Judges.Select(judge => CanonicalFile.Judgments(spec.Benchmark, judge.Name, spec.Models[model].Name))
            : [];

    public void Find(int judge, CanonicalFile file, CanonicalContent canonical)
    {
        foreach (var place in canonical.Damaged)
            damaged.Add(place);
        for (var question = 0; question < run.Questions.Count; question++)
        {
            if (!IsPlayed(question))
                continue;
            var line = canonical.Lines.GetValueOrDefault(run.Questions[question].Question.Id);
            var reason = line is null ? ReuseReason.NoRecord : ReasonOf(line.Fingerprint, judge, question);
            var judgment = reason.IsHit()
                ? damaged.Read($"{file.Path}, question {line!.QuestionId}", () => run.Dialect.ReadJudgment(line.Record))
                : null;
            if (judgment is not null && !IsAgainstBaseline(judgment, line!.Fingerprint, question))
                (judgment, reason) = (null, ReuseReason.MadeOtherwise);
            Take(judgment?.Games ?? [], reason, line?.Fingerprint, judge, question, _missing[question]);
        }
    }

    private int GamesEach => run.Spec.Judging.Mode == JudgingMode.Single ? 1 : 2;

    /// <summary>A model is not compared with itself.</summary>
    private bool IsPlayed(int question) =>
        run.Spec.Judging.Mode == JudgingMode.Single
        || run.Spec.Judging.BaselineFor(run.Questions[question].Question.Category) != run.Spec.Models[model].Name;

    private void Take(IReadOnlyList<Game?> games, ReuseReason reason, string? fingerprint, int judge, int question, List<int> missing)
    {
        for (var game = 1; game <= GamesEach; game++)
        {
            if (game <= games.Count && games[game - 1] is { } played)
            {
                var key = RecordKey.ForGame(run.Questions[question].Question.Id, run.Spec.Models[model].Name, run.Spec.Judges[judge].Name, game);
                _reused.Add(new ReusedRecord(question, Reuse.Of(key, fingerprint, GameRecord.Write(played))));
                _reasons.Add(new ReuseDecision(question, judge, reason, fingerprint));
            }
            else
            {
                missing.Add(judge * 2 + game - 1);
                _reasons.Add(new ReuseDecision(question, judge, reason.IsHit() ? ReuseReason.NoRecord : reason, fingerprint));
            }
        }
    }

    /// <summary>An imported verdict may be about another baseline: its own, or that of the configuration when it names none.</summary>
    private bool IsAgainstBaseline(Judgment judgment, string? fingerprint, int question) =>
        run.Spec.Judging.Mode == JudgingMode.Single
        || (judgment.Baseline is { } named
            ? named == run.Spec.Judging.BaselineFor(run.Questions[question].Question.Category)
            : fingerprint is not null || !run.Spec.OwnBaseline);

    /// <summary>A verdict stands on its answers: it is taken over only together with them.</summary>
    private ReuseReason ReasonOf(string? fingerprint, int judge, int question)
    {
        if (!answers[model].ByQuestion.TryGetValue(question, out var answer))
            return ReuseReason.AnswerIsNew;
        var asked = run.Questions[question];
        var config = run.Spec.Judging;
        Answers.Answer? baselineAnswer = null;
        if (config.Mode == JudgingMode.Pairwise
            && (config.BaselineFor(asked.Question.Category) is not { } baseline
                || !answers[run.ModelIndex(baseline)].ByQuestion.TryGetValue(question, out baselineAnswer)))
            return ReuseReason.AnswerIsNew;
        if (config.UsesReference && asked.References.Any(reference => reference is null))
            return fingerprint is null && !run.Spec.Strict ? ReuseReason.Imported : ReuseReason.MadeOtherwise;

        var judgeSettings = run.Spec.Judges[judge].Settings;
        var wanted = judgeSettings is null
            ? null
            : GameFingerprint.Of(run.Spec, judgeSettings, new GameMaterial(asked, answer, baselineAnswer, null, null).PromptFor(config, 1));
        return FoundRecords.ReasonOf(run.Spec, fingerprint, wanted);
    }
}
