namespace ArenaBench.Core.Scoring;

/// <summary>Runs bootstrap rounds on several threads. Rounds share nothing, so the number of threads changes nothing.</summary>
internal static class Rounds
{
    /// <param name="worker">Makes what runs rounds: called once per thread.</param>
    /// <param name="threads">0: one per processor.</param>
    public static void Run(int rounds, int threads, Func<Action<int>> worker, CancellationToken cancellationToken)
    {
        threads = Math.Min(threads > 0 ? threads : Environment.ProcessorCount, rounds);
        if (threads <= 1)
        {
            var run = rounds > 0 ? worker() : null;
            for (var r = 0; r < rounds; r++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                run!(r);
            }

            return;
        }

        var next = -1;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, _ =>
        {
            var run = worker();
            for (int r; (r = Interlocked.Increment(ref next)) < rounds;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                run(r);
            }
        });
    }
}
