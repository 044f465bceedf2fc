using ArenaBench.Functions.Viewer;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Functions.Tests.Viewer;

public class ViewLinksTests
{
    [Fact]
    public void Links_WithKeyInTheAddress_CarryIt()
    {
        var links = Of("?code=a%2Bb%3D&style=both&category=");

        Assert.Equal("/api/view/runs/r1?code=a%2Bb%3D", links.Run("r1"));
        Assert.Equal("/api/view/runs/r1/leaderboard?category=x%20y&code=a%2Bb%3D", links.Leaderboard("r1", ("category", "x y"), ("judge", null)));
        Assert.Contains("value='a+b='", links.KeyField().ToString());
        Assert.DoesNotContain("code", links.Asset("x.css"));
    }

    [Fact]
    public void Query_LeavesOutKeyAndEmptyFields() => Assert.Equal([("style", "both")], Of("?code=k&style=both&category=").Query);

    [Fact]
    public void Links_ForReading_SayItOnEveryPageAndNowhereElse()
    {
        var links = Of("?code=k&access=read&style=both");

        Assert.True(links.IsReadOnly);
        Assert.Equal([("style", "both")], links.Query);
        Assert.Equal("/api/view/runs/r1?access=read&code=k", links.Run("r1"));
        Assert.Contains("name='access' value='read'", links.KeyField().ToString());
        // The API refuses options that it does not know.
        Assert.Equal("/api/runs/r1?code=k", links.Api("runs/r1"));
        Assert.False(Of("?access=all").IsReadOnly);
    }

    [Fact]
    public void Question_OfModelWithSlashAndQuotes_IsEscaped() =>
        Assert.Equal("/api/view/runs/r1/questions/3?of=a%2Fb%22%27%26c", Of("").Question("r1", 3, ("of", "a/b\"'&c")));

    [Fact]
    public void Links_UnderAPathBase_StartWithIt() => Assert.Equal("/app/api/view", Of("", "/app").Runs());

    private static ViewLinks Of(string query, string pathBase = "")
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        context.Request.PathBase = pathBase;
        return new ViewLinks(context.Request);
    }
}
