namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>Scoring and publishing hold threads for seconds. Where they hold all, a request would wait until the pool adds one, which it
/// does twice a second.</summary>
internal static class ReadyThreads
{
    private const int Least = 8;

    public static void Ensure()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        if (workers < Least)
            ThreadPool.SetMinThreads(Least, ports);
    }
}
