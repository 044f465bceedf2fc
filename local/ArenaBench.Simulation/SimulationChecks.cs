using ArenaBench.Simulation.Faults;
using ArenaBench.Simulation.Models;

namespace ArenaBench.Simulation;

/// <summary>Refuses options that cannot be meant, all of them at once.</summary>
internal static class SimulationChecks
{
    /// <exception cref="SimulationException">Names every field that is wrong.</exception>
    public static void Check(SimulationOptions options)
    {
        var problems = Problems(options).ToList();
        if (problems.Count > 0)
            throw new SimulationException("The simulation's options are wrong:" + string.Concat(problems.Select(p => $"{Environment.NewLine}  {p}")));
    }

    public static IEnumerable<string> Problems(SimulationOptions options)
    {
        if (options.Port is < 0 or > 65535)
            yield return $"port: {options.Port} is none; give 0 to 65535.";
        if (options.Latency.MinMs < 0 || options.Latency.MaxMs < options.Latency.MinMs)
            yield return "latency: min_ms must not be negative, nor above max_ms.";
        if (options.Models.Count == 0)
            yield return "models: there is none.";
        foreach (var name in options.Models.GroupBy(m => m.Name).Where(g => g.Count() > 1).Select(g => g.Key))
            yield return $"models: \"{name}\" is there twice.";
        foreach (var problem in options.Models.SelectMany(Problems))
            yield return problem;
        if (options.Limits is { Rpm: <= 0 } or { Tpm: <= 0 } or { Parallel: <= 0 } or { BurstSeconds: <= 0 })
            yield return "limits: rpm, tpm, parallel and burst_seconds must be above 0 where they are set.";
        for (var i = 0; i < options.Faults.Count; i++)
        {
            foreach (var problem in Problems(options.Faults[i], options.Models))
                yield return $"faults[{i}]: {problem}";
        }
    }

    private static IEnumerable<string> Problems(SimulatedModel model)
    {
        if (!model.Name.StartsWith("sim-", StringComparison.Ordinal))
            yield return $"models: \"{model.Name}\" must begin with \"sim-\": nobody should take a simulated model for a real one.";
        double[] shares = [model.Quality, model.Verbosity, model.Markdown, model.Discernment, model.Noise];
        if (shares.Any(share => share is < 0 or > 1))
            yield return $"models: quality, verbosity, markdown, discernment and noise of \"{model.Name}\" must be from 0 to 1.";
        if (model.ContextTokens <= 0)
            yield return $"models: context_tokens of \"{model.Name}\" must be above 0.";
    }

    private static IEnumerable<string> Problems(FaultRule rule, IReadOnlyList<SimulatedModel> models)
    {
        if (rule.Rate is < 0 or > 1)
            yield return $"rate {rule.Rate} is not from 0 to 1.";
        if (rule.FromCall > rule.ToCall || rule.FromSeconds >= rule.ToSeconds)
            yield return "it ends before it begins.";
        if (rule.Status is < 400 or > 599 && !(rule.Status == 200 && rule.Kind == FaultKind.Html))
            yield return $"status {rule.Status} is no error; give 400 to 599.";
        if (rule.Seconds < 0 || rule.RetryAfterSeconds < 0 || rule.AttemptsPerRequest < 0)
            yield return "seconds, retry_after_seconds and attempts_per_request must not be negative.";
        foreach (var name in rule.Models.Where(name => models.All(model => model.Name != name)))
            yield return $"there is no model \"{name}\"; there are {string.Join(", ", models.Select(m => m.Name))}.";
    }
}
