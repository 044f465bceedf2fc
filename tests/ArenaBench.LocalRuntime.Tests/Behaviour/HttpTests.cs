using System.Globalization;
using System.Net;

namespace ArenaBench.LocalRuntime.Tests.Behaviour;

[Collection(BehaviourCollection.Name)]
public sealed class HttpTests(BehaviourHost host)
{
    [Fact]
    [Behaviour("HTTP-01", "FUNC-01")]
    public async Task Result_IsWrittenAsAspNetWritesIt()
    {
        Assert.Equal("""{"value":7}""", await host.Http.GetStringAsync("api/numbers/7"));
        Assert.Equal("""{"text":"ab"}""", await host.Http.GetStringAsync("api/words/a?suffix=b"));
        Assert.Equal("""{"text":"a"}""", await host.Http.GetStringAsync("api/words/a"));
    }

    [Fact]
    [Behaviour("HTTP-02", "TRIED-03")]
    public async Task RouteConstraintsAndCatchAlls_AreRespected()
    {
        using var word = await host.Http.GetAsync("api/numbers/seven");

        Assert.Equal(HttpStatusCode.NotFound, word.StatusCode);
        Assert.Equal("a/b c/d", await host.Http.GetStringAsync("api/paths/a/b%20c/d"));
    }

    [Fact]
    [Behaviour("HTTP-03")]
    public async Task AnotherMethod_Is404()
    {
        using var answer = await host.Http.PostAsync("api/numbers/7", null);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    [Behaviour("HTTP-04")]
    public async Task Exception_Is500AndTellsNothing()
    {
        using var answer = await host.Http.GetAsync("api/throws");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("a detail", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Behaviour("HTTP-05")]
    public async Task NoResult_IsAnEmpty200()
    {
        using var answer = await host.Http.GetAsync("api/silent");

        Assert.Equal((HttpStatusCode.OK, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    [Behaviour("HTTP-06")]
    public async Task Middleware_RunsAroundFunctions()
    {
        using var answer = await host.Http.GetAsync("api/silent");

        Assert.Equal("Silent", Assert.Single(answer.Headers.GetValues("x-function")));
    }

    [Fact]
    [Behaviour("TRIED-03")]
    public async Task Body_Of28Megabytes_Arrives()
    {
        const int Size = 28 * 1024 * 1024;

        using var answer = await host.Http.PutAsync("api/uploads", new ByteArrayContent(new byte[Size]));

        Assert.Equal(Size.ToString(CultureInfo.InvariantCulture), await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    [Behaviour("TRIED-04")]
    public async Task Body_Over30Megabytes_Is500()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/uploads");
        request.Content = new ByteArrayContent(new byte[30_000_001]);
        request.Headers.ExpectContinue = true; // the answer comes before the body is sent

        using var answer = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }
}
