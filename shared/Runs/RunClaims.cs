namespace ArenaBench.Core.Runs;

/// <summary>What a run claims before it pays: one claim per benchmark and model to answer, and per judge and model to judge, each
/// with the fingerprint of the settings. A run that needs the same waits and finds the records done.</summary>
internal static class RunClaims
{
    /// <returns>In ordinal order, so that all runs claim in the same order.</returns>
    public static IReadOnlyList<string> Of(RunSpec spec, IReadOnlyList<FoundRecords> found)
    {
        var claims = new SortedSet<string>(StringComparer.Ordinal);
        for (var model = 0; model < found.Count; model++)
        {
            var who = spec.AnsweringModels[model];
            if (found[model].Work.Any(item => item.Answer))
                claims.Add($"{spec.Benchmark}/{(spec.What == RunWork.Reference ? "reference" : "answer")}/{who.Name}/{AnswerFingerprint.SettingsOf(spec, who.Settings!)}");
            foreach (var judge in found[model].Work.SelectMany(item => item.Games).Select(game => game / 2).Distinct())
            {
                var settings = spec.Judges[judge].Settings!;
                claims.Add($"{spec.Benchmark}/judgment/{settings.Name}/{who.Name}/{GameFingerprint.SettingsOf(spec, settings)}");
            }
        }

        return [.. claims];
    }
}
