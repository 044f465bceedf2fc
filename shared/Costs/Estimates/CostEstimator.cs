using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Models;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Scoring;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Costs;

/// <summary>What a run would cost: prompts are built and counted, lengths of replies are taken from what the store knows, and what is not
/// known is drawn many times (docs/models.md). The same store gives the same estimate. Nothing is written, no model is called.</summary>
public sealed class CostEstimator(ArenaContainer store, RunCatalog runs)
{
    private const int Draws = 2000;
    private const long Seed = 20;
    private const double UsualJudgment = 350;
    private const double UsualSpreadOfJudgments = 0.45;
    private const double BetweenJudges = 0.35;

    /// <summary>Tokenizers differ where nobody has seen this one's counts.</summary>
    private const double UsualSpreadOfTokenizers = 0.08;

    private const decimal NarrowEnough = 0.3m;

    public async Task<CostEstimate> EstimateAsync(FrozenRun run, CancellationToken cancellationToken)
    {
        var found = await FoundRecords.ReadAsync(store, run, new DamagedRecords(), cancellationToken);
        var history = await UsageHistory.ReadAsync(store, runs, run, cancellationToken);
        var lengths = new AnswerLengths(run, history);
        var known = found.Select(records => records.Reused
            .Where(reused => reused.Line.Key.Kind == Records.RecordKind.Answer)
            .ToDictionary(reused => reused.Question, reused => UsageHistory.TextOf(run.Dialect.ReadAnswer(reused.Line.Record!.Value)))).ToArray();

        var common = Zs(lengths.Common, purpose: 1, 0);
        var text = run.Spec.AnsweringModels.Select((model, index) => model.Settings is { } settings ? Zs(lengths.Of(settings).Text, 2, index) : Zs(new Factor(1, 0), 2, index)).ToArray();
        var judges = run.Spec.Judges.Select((judge, index) => new JudgeReplies(judge, history, index)).ToArray();
        var (models, ofJudges, total, usd) = (new List<ModelEstimate>(), run.Spec.Judges.Select(_ => new PayeeDraws(Draws)).ToArray(), new PayeeDraws(Draws), new double[Draws]);
        var frames = new double?[run.Questions.Count];
        var bound = CallBound.None;
        for (var model = 0; model < found.Count; model++)
        {
            var (answers, games) = (new PayeeDraws(Draws), run.Spec.Judges.Select(_ => new PayeeDraws(Draws)).ToArray());
            var settings = run.Spec.AnsweringModels[model].Settings;
            var (paid, basis) = settings is null ? (1.0, "") : (lengths.Of(settings).Paid, lengths.Of(settings).Basis);
            var tokenizer = settings is null ? [] : TokenizerOf(settings.Name, history.Answers, 3, model);
            foreach (var item in found[model].Work)
            {
                if (!item.Answer && item.Games.Count == 0)
                    continue;
                var asked = run.Questions[item.Question];
                if (item.Answer)
                {
                    AddAnswer(answers, run, settings!, asked.Question, lengths.Expected(asked.Question.Id), common, text[model], paid, tokenizer);
                    bound = bound.Plus(CallBound.OfAnswer(settings!, run.Spec.Generation, asked.Question));
                }

                if (item.Games.Count == 0)
                    continue;
                var shown = Shown(run, model, item.Question);
                foreach (var game in item.Games)
                {
                    var judge = judges[game / 2];
                    for (var draw = 0; draw < Draws; draw++)
                        games[game / 2].Add(draw, judge.Tokenizer[draw] * shown(draw), judge.Length[draw]);
                    var limit = settings is null ? 0 : Models.Providers.OutputLimit.Of(settings, settings.MaxTokens ?? run.Spec.Generation.MaxTokens) ?? 0;
                    var shownAtMost = GameMaterial.FrameOf(run.Spec.Judging, asked) + (8L * limit);
                    bound = bound.Plus(CallBound.OfGame(judge.Settings, run.Spec.Judging, shownAtMost));
                }
            }

            var answersUsd = answers.Usd(settings?.Price);
            var gamesUsd = games.Select((game, judge) => game.Usd(run.Spec.Judges[judge].Settings?.Price)).ToArray();
            var judgingUsd = Enumerable.Range(0, Draws).Select(draw => gamesUsd.Sum(each => each[draw])).ToArray();
            for (var draw = 0; draw < Draws; draw++)
                usd[draw] += answersUsd[draw] + judgingUsd[draw];
            total.Add(answers);
            foreach (var (judge, game) in games.Index())
            {
                total.Add(game);
                ofJudges[judge].Add(game);
            }

            models.Add(new ModelEstimate(
                run.Spec.AnsweringModels[model].Name, found[model].Work.Count(item => item.Answer), found[model].Work.Sum(item => item.Games.Count),
                found[model].Reused.Count, answers.Input(), answers.Output(), settings?.Price is null ? null : PayeeDraws.RangeOf(answersUsd, 6),
                judges.Any(judge => judge.Settings.Price is not null) ? PayeeDraws.RangeOf(judgingUsd, 6) : null, basis));
        }

        return Whole();

        CostEstimate Whole()
        {
            var called = run.Spec.CalledModels.DistinctBy(model => model.Name).ToArray();
            var priced = called.Any(model => model.Price is not null);
            var calls = found.Select((records, model) => records.Work.Sum(item =>
                (item.Answer ? run.Questions[item.Question].Question.Turns.Count * run.Spec.Generation.Choices : 0) + item.Games.Count)).Sum();
            var dollars = PayeeDraws.RangeOf(usd, 6);
            return new CostEstimate(
                calls, total.Input(), total.Output(), total.Tokens(), priced ? dollars : null, priced ? bound.Usd : null, bound.Input + bound.Output, models,
                [.. judges.Select((judge, index) => new JudgeEstimate(
                    judge.Settings.Name, found.Sum(records => records.Work.Sum(item => item.Games.Count(game => game / 2 == index))), ofJudges[index].Input(),
                    ofJudges[index].Output(), judge.Settings.Price is { } price ? PayeeDraws.RangeOf(ofJudges[index].Usd(price), 6) : null, judge.Basis))],
                [.. called.Where(model => model.Price is null).Select(model => model.Name)],
                Advice(priced ? dollars : total.Tokens(), calls));
        }

        // Tokens of what a judge is shown, in each course.
        Func<int, double> Shown(FrozenRun frozen, int model, int question)
        {
            var asked = frozen.Questions[question];
            var frame = frames[question] ??= FrameTokens(frozen.Spec.Judging, asked);
            var baseline = frozen.Spec.Judging.Mode == JudgingMode.Pairwise ? frozen.Spec.Judging.BaselineFor(asked.Question.Category) : null;
            var (own, other) = (LengthOf(model), baseline is null ? null : LengthOf(frozen.ModelIndex(baseline)));
            return draw => frame + own(draw) + (other?.Invoke(draw) ?? 0);

            Func<int, double> LengthOf(int who)
            {
                if (known[who].TryGetValue(question, out var length))
                    return _ => length;
                var expected = lengths.Expected(asked.Question.Id);
                return draw => expected * common[draw] * text[who][draw];
            }
        }
    }

    private static void AddAnswer(
        PayeeDraws answers, FrozenRun run, ModelSettings settings, Questions.Question question, double expected, double[] common, double[] text, double paid, double[] tokenizer)
    {
        var system = settings.SystemPrompt is { } prompt ? PromptTokens.Of([prompt]) : 0;
        var (asked, choices, turns) = (0.0, run.Spec.Generation.Choices, question.Turns.Count);
        var said = system;
        foreach (var turn in question.Turns)
        {
            said += PromptTokens.Of([turn]);
            asked += said;
        }

        double limit = Models.Providers.OutputLimit.Of(settings, settings.MaxTokens ?? run.Spec.Generation.MaxTokens) ?? int.MaxValue;
        for (var draw = 0; draw < Draws; draw++)
        {
            var length = expected * common[draw] * text[draw];
            // Each turn is sent with the replies before it: half of them, on the average of the turns.
            answers.Add(draw, choices * ((asked * tokenizer[draw]) + (length * (turns - 1) / 2)), choices * Math.Min(length * paid, limit * turns));
        }
    }

    private static double FrameTokens(JudgeConfig config, FrozenQuestion asked) =>
        PromptTokens.Of(GameMaterial.EmptyPrompt(config, asked).Messages.Select(message => message.Content));

    private static double[] TokenizerOf(string who, IEnumerable<KnownReply> replies, int purpose, int index)
    {
        var ratios = replies.Where(reply => reply.Who == who).Select(reply => reply.InputRatio).OfType<double>().ToArray();
        return Zs(Factor.Of(ratios, ratios.Length == 0 ? 1 : ratios.Average(), UsualSpreadOfTokenizers), purpose, index);
    }

    private static double[] Zs(Factor factor, int purpose, int index)
    {
        var stream = new RandomStream(Seed, purpose, index);
        return [.. Enumerable.Range(0, Draws).Select(_ => factor.At(Normal.Next(ref stream)))];
    }

    private static string? Advice(CostRange range, int calls) =>
        calls == 0 || range.Value == 0 || Math.Max(range.Upper - range.Value, range.Value - range.Lower) <= NarrowEnough * range.Value
            ? null
            : "The interval is wide, because little is known of how long these answers and judgments are. Run a few questions of each category (questions: {ids: […]}) and estimate again: what they bring is not paid twice.";

    private sealed class JudgeReplies
    {
        public JudgeReplies(RunModel judge, UsageHistory history, int index)
        {
            Settings = judge.Settings!;
            var own = history.Judgments.Where(reply => reply.Who == judge.Name).ToArray();
            var reported = own.Where(reply => reply.Output is not null).ToArray();
            var lengths = (reported.Length > 0 ? reported.Select(reply => reply.Output!.Value) : own.Select(reply => reply.Text)).ToArray();
            var others = history.Judgments.Select(reply => reply.Output ?? reply.Text).ToArray();
            (var length, Basis) = lengths.Length > 0
                ? (Factor.Of([.. lengths.Select(tokens => tokens / lengths.Average())], lengths.Average(), UsualSpreadOfJudgments), $"{lengths.Length} of its judgments")
                : others.Length > 0
                    ? (new Factor(others.Average(), BetweenJudges), $"{others.Length} judgments of others")
                    : (new Factor(UsualJudgment, UsualSpreadOfJudgments), "nothing: a usual length");
            Length = Zs(length, 4, index);
            Tokenizer = TokenizerOf(judge.Name, history.Judgments, 5, index);
        }

        public ModelSettings Settings { get; }

        public string Basis { get; }

        public double[] Length { get; }

        public double[] Tokenizer { get; }
    }
}
