namespace ArenaBench.Bench;

/// <summary>Something measured whose figures must stay within bounds. Every public implementation in this assembly with a constructor
/// without parameters is found and run by <c>bench --check</c>; put yours into a folder of its own.</summary>
public interface IBenchmark
{
    /// <summary>Lower case with hyphens, as typed on the command line.</summary>
    string Name { get; }

    /// <summary>One line: what is measured, on what.</summary>
    string Description { get; }

    Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellationToken);
}

/// <summary>A further subcommand of <c>bench</c>, such as one that makes a table for the docs; found like benchmarks.</summary>
public interface IBenchCommand
{
    System.CommandLine.Command Build();
}

/// <summary>One figure and its bound.</summary>
/// <param name="Unit">s, MB, calls/s, …</param>
/// <param name="Limit">Null: only shown.</param>
/// <param name="AtLeast">The figure must reach the limit, instead of staying below it.</param>
public sealed record Measurement(string Name, double Value, string Unit, double? Limit = null, bool AtLeast = false)
{
    public bool Passes => Limit is not { } limit || (AtLeast ? Value >= limit : Value <= limit);
}
