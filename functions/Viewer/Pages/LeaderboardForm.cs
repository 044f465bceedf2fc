using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Rendering;
using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Viewer;

/// <summary>The options of a leaderboard as a form: its fields are the names of <c>GET …/leaderboard</c>, so its address can be kept.</summary>
internal static class LeaderboardForm
{
    public static Html Write(ViewLinks links, FrozenRun run)
    {
        var categories = run.Questions.Select(frozen => frozen.Question.Category).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var pairwise = run.Spec.Judging.Mode == JudgingMode.Pairwise;
        return Html.Of($"""
            <form class="options" method="get" action="{links.Leaderboard(run.Spec.Run)}"{Form.Swapping(links.LeaderboardForm(run.Spec.Run), "#board")}>{links.KeyField()}
            {Html.If(categories.Length > 1, () => Form.Select(links, "category", "Category", "all", categories))}
            {Html.If(run.Spec.Judges.Count > 1, () => Form.Select(links, "judge", "Judge", "all", [.. run.Spec.Judges.Select(judge => judge.Name)]))}
            {Html.If(pairwise, () => Html.Of($"""{Form.Select(links, "method", "Method", "as run", ["win_rate", "bradley_terry"])}{Form.Select(links, "style", "Style control", "as run", ["none", "length", "markdown", "both"])}{Form.Select(links, "bootstrap", "Bootstrap by", "as run", ["question", "vote"])}{Form.Select(links, "baseline", "Baseline", "as run", [.. run.Spec.AnsweringModels.Select(model => (model.Name, HiddenCharacters.Show(model.Name)))])}{Form.Select(links, "preset", "Published settings", "none", ["v0.1", "v2.0"])}"""))}
            {Form.Select(links, "compare", "Compare", "each with the next", [.. run.Spec.AnsweringModels.Select(model => (model.Name, $"{HiddenCharacters.Show(model.Name)} with all"))])}
            {Form.Number(links, "rounds", "Rounds", 0, 100_000, "1")}{Form.Number(links, "confidence", "Confidence", 0, 1, "any")}{Form.Number(links, "seed", "Seed", 0, int.MaxValue, "1")}
            <button>Show</button> <a href="{links.Leaderboard(run.Spec.Run)}">As the run made it</a>
            </form>
            """);
    }
}
