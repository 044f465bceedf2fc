using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ArenaBench.Core.Benchmarks;

namespace ArenaBench.Core.Judging;

/// <summary>The templates of a configuration, parsed once, and the guard of their markers.</summary>
internal sealed class ParsedPrompt
{
    private static readonly ConditionalWeakTable<JudgeConfig, ConcurrentDictionary<int, ParsedPrompt>> Known = [];

    private ParsedPrompt(JudgeConfig config, int turns)
    {
        Templates = [.. config.PromptTemplatesFor(turns).Select(PromptTemplate.Parse)];
        Guard = config.PublishedBytes ? null : DelimiterGuard.For(Templates);
    }

    public IReadOnlyList<PromptTemplate> Templates { get; }

    /// <summary>Null where texts go in byte for byte.</summary>
    public DelimiterGuard? Guard { get; }

    /// <param name="turns">Of the question.</param>
    public static ParsedPrompt Of(JudgeConfig config, int turns) =>
        Known.GetOrCreateValue(config).GetOrAdd(turns, static (t, c) => new ParsedPrompt(c, t), config);
}
