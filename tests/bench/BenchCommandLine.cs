using System.CommandLine;
using System.Globalization;

namespace ArenaBench.Bench;

/// <summary><c>bench</c> lists, <c>bench --check</c> runs all and fails past the bounds, <c>bench run NAME…</c> runs some.</summary>
internal static class BenchCommandLine
{
    public static RootCommand Build()
    {
        var benchmarks = Found<IBenchmark>().OrderBy(b => b.Name, StringComparer.Ordinal).ToList();
        var check = new Option<bool>("--check") { Description = "Run every benchmark; exit with 1 when a figure is out of its bounds." };
        var names = new Argument<string[]>("name") { Description = "Which benchmarks to run.", Arity = ArgumentArity.OneOrMore };
        names.AcceptOnlyFromAmong([.. benchmarks.Select(b => b.Name)]);

        var root = new RootCommand("Measures ArenaBench.") { check };
        root.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(check))
                return await RunAsync(benchmarks, cancellationToken);
            foreach (var benchmark in benchmarks)
                Console.WriteLine($"{benchmark.Name,-24} {benchmark.Description}");
            return 0;
        });

        var run = new Command("run", "Run the named benchmarks; exit with 1 when a figure is out of its bounds.") { names };
        run.SetAction((parsed, cancellationToken) =>
            RunAsync(benchmarks.Where(b => parsed.GetValue(names)!.Contains(b.Name)), cancellationToken));
        root.Add(run);
        foreach (var command in Found<IBenchCommand>())
            root.Add(command.Build());
        return root;
    }

    private static async Task<int> RunAsync(IEnumerable<IBenchmark> benchmarks, CancellationToken cancellationToken)
    {
        var passes = true;
        foreach (var benchmark in benchmarks)
        {
            Console.WriteLine($"{benchmark.Name}: {benchmark.Description}");
            passes &= Print(await benchmark.RunAsync(cancellationToken));
        }

        return passes ? 0 : 1;
    }

    /// <returns>Whether all are within their bounds.</returns>
    internal static bool Print(IReadOnlyList<Measurement> measurements)
    {
        foreach (var m in measurements)
        {
            var bound = m.Limit is { } limit ? $"{(m.AtLeast ? "at least" : "at most")} {Number(limit)} {m.Unit}" : "";
            Console.WriteLine($"  {(m.Passes ? "ok  " : "FAIL")} {m.Name,-56} {Number(m.Value),12} {m.Unit,-8} {bound}".TrimEnd());
        }

        return measurements.All(m => m.Passes);
    }

    private static string Number(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);

    private static IEnumerable<T> Found<T>() => typeof(BenchCommandLine).Assembly.GetTypes()
        .Where(t => t is { IsAbstract: false, IsPublic: true } && typeof(T).IsAssignableFrom(t) && t.GetConstructor([]) is not null)
        .OrderBy(t => t.FullName, StringComparer.Ordinal)
        .Select(t => (T)Activator.CreateInstance(t)!);
}
