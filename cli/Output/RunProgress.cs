using System.Diagnostics;
using ArenaBench.Cli.Client;
using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <summary>Follows a run to its end: bars on a terminal, a line now and then elsewhere.</summary>
internal static class RunProgress
{
    public static Task<RunView> FollowAsync(ArenaClient client, string id, CancellationToken cancellationToken) =>
        Terminal.Err.Profile.Capabilities is { Interactive: true, Ansi: true } ? BarsAsync(client, id, cancellationToken) : LinesAsync(client, id, cancellationToken);

    private static async Task<RunView> BarsAsync(ArenaClient client, string id, CancellationToken cancellationToken) =>
        await Terminal.Err.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async display =>
            {
                var bars = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
                ProgressTask? spent = null;
                await foreach (var run in PollAsync(client, id, cancellationToken))
                {
                    foreach (var model in run.Models)
                    {
                        var bar = bars.TryGetValue(model.Model, out var known)
                            ? known
                            : bars[model.Model] = display.AddTask(Markup.Escape(SafeText.Clean(model.Model)), maxValue: 1);
                        var total = model.Totals.Answers + model.Totals.Games;
                        bar.MaxValue = Math.Max(1, total);
                        bar.Value = total == 0 ? 1 : model.Totals.AnswersDone + model.Totals.GamesDone;
                        bar.Description = Markup.Escape($"{SafeText.Clean(model.Model)}  {Counts(model)}");
                    }

                    if (CostSummary.Short(run.Cost) is { Length: > 0 } cost)
                    {
                        spent ??= display.AddTask("", maxValue: 1);
                        (spent.MaxValue, spent.Value) = run.Cost.Budget?.Usd is { } budget ? ((double)budget, (double)(run.Cost.Total.Usd ?? 0)) : (1, run.HasEnded ? 1 : 0);
                        spent.Description = Markup.Escape("cost  " + cost.TrimStart(',', ' '));
                    }

                    if (run.HasEnded)
                        return run;
                }

                throw new UnreachableException();
            });

    private static async Task<RunView> LinesAsync(ArenaClient client, string id, CancellationToken cancellationToken)
    {
        var last = "";
        await foreach (var run in PollAsync(client, id, cancellationToken))
        {
            var totals = run.Totals;
            var line = run.WaitFor is { } other
                ? $"{id}: waiting for run {other}, which does part of the same work"
                : $"{id}: {run.Phase ?? run.Status}, answers {totals.AnswersDone}/{totals.Answers}, games {totals.GamesDone}/{totals.Games}"
                    + (totals.Failures.Count == 0 ? "" : $", failed {totals.Failures.Values.Sum()}") + CostSummary.Short(run.Cost);
            if (line != last)
                Terminal.Say(last = line);
            if (run.HasEnded)
                return run;
        }

        throw new UnreachableException();
    }

    private static async IAsyncEnumerable<RunView> PollAsync(
        ArenaClient client, string id, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Quick at first, so that a short run is not waited for; then once a second or two.
        for (var delay = TimeSpan.FromMilliseconds(200); ; delay = TimeSpan.FromMilliseconds(Math.Min(2000, delay.TotalMilliseconds * 1.2)))
        {
            yield return await client.GetRunAsync(id, cancellationToken);
            await Task.Delay(delay, cancellationToken);
        }
    }

    private static string Counts(ModelView model)
    {
        var totals = model.Totals;
        var failed = totals.Failures.Values.Sum();
        return $"answers {totals.AnswersDone}/{totals.Answers} games {totals.GamesDone}/{totals.Games}" + (failed == 0 ? "" : $" failed {failed}");
    }
}
