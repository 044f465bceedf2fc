using System.Text;

namespace ArenaBench.Core.Judging;

/// <summary>Our own judge prompts, for configurations that have none: the files under <c>Judging/Prompts</c>.</summary>
public static class ShippedPrompts
{
    /// <summary>Asked after a reply without a score, while attempts are left.</summary>
    public const string FollowUp = "Your reply holds no verdict yet. Finish your assessment and end it with the verdict in the form that was asked for.";

    /// <summary>The same, as the published v0.1 pipeline words it: used where its bytes are to be kept.</summary>
    public const string PublishedFollowUp = "continue your judgment and finish by outputting a final verdict label";

    public static string SingleSystem { get; } = Read("single.system.txt");

    public static string PairwiseSystem { get; } = Read("pairwise.system.txt");

    public static string CreativeSystem { get; } = Read("pairwise-creative.system.txt");

    public static string SingleUser(bool withReference) => Read(withReference ? "single-reference.user.txt" : "single.user.txt");

    public static string PairwiseUser(bool withReference) => Read(withReference ? "pairwise-reference.user.txt" : "pairwise.user.txt");

    private static string Read(string file)
    {
        using var stream = typeof(ShippedPrompts).Assembly.GetManifestResourceStream($"Prompts/{file}")
            ?? throw new InvalidOperationException($"The prompt {file} is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().TrimEnd('\n');
    }
}
