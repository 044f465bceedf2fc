namespace ArenaBench.EndToEnd.Tests.Browser;

/// <summary>Tests of the viewer share one browser and one host.</summary>
[CollectionDefinition(Name)]
public sealed class ViewerCollection : ICollectionFixture<Chromium>, ICollectionFixture<Site>
{
    public const string Name = "viewer";
}
