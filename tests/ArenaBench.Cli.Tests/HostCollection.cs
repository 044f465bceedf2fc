namespace ArenaBench.Cli.Tests;

/// <summary>Tests that work with hosts share the store's one endpoints file: one at a time.</summary>
[CollectionDefinition(Name)]
public sealed class HostCollection
{
    public const string Name = "hosts";
}
