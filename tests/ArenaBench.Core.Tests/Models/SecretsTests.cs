using System.Text;
using ArenaBench.Core.Models.Providers;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Tests.Models;

/// <summary>An endpoint that repeats the key it was sent, in whatever clothes.</summary>
public sealed class SecretsTests
{
    private const string Key = "sk-canary+0123/4567=";

    [Theory]
    [InlineData("key sk-canary+0123/4567= and sk-canary+0123/4567=!", "key *** and ***!")]
    [InlineData("\"sk-canary\\u002B0123\\/4567\\u003d\"", "\"***\"")]
    [InlineData("\\u0073\\u006b-canary+0123/4567=", "***")]
    [InlineData("https://h/sk-canary%2B0123%2f4567%3d/v1", "https://h/***/v1")]
    [InlineData("sk-canary+0123/4567", "sk-canary+0123/4567")]
    [InlineData("a \\n line", "a \\n line")]
    public void Key_is_struck_out_as_it_is_and_as_JSON_may_write_it(string body, string left) =>
        Assert.Equal(left, Encoding.UTF8.GetString(Secrets.StrikeOut(Encoding.UTF8.GetBytes(body), Key)));

    [Theory]
    [InlineData(200, """{"choices":[{"message":{"content":[{"type":"text","text":"sk-canary-01234"},{"type":"text","text":"56789abcdef"}]},"finish_reason":"stop"}]}""")]
    [InlineData(200, """{"choices":[{"message":{"content":"\u0073k-canary-0123456789abcdef","reasoning_content":"sk\u002dcanary-0123456789abcdef"},"finish_reason":"stop"}]}""")]
    [InlineData(400, """{"error":{"message":"bad key sk-canary-0123\u200b456789abcdef","code":"sk-canary-0123456789abcdef"}}""")]
    [InlineData(302, "")]
    public async Task Key_comes_back_in_no_reply(int status, string body)
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(body, status, ("location", $"https://elsewhere/{Calls.Canary}/v1"));

        var reply = await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi"));

        Assert.DoesNotContain("0123456789abcdef", reply.ToString(), StringComparison.Ordinal);
        Assert.Equal(status == 200 ? RecordStatus.Ok : RecordStatus.EndpointFailed, reply.Status);
    }
}
