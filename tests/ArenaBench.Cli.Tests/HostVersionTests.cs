using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ArenaBench.Cli.Tests;

/// <summary>A client and a host of different versions say so; neither takes the other's answers for its own.</summary>
public sealed class HostVersionTests
{
    [Theory]
    [InlineData("7", "speaks version 7 of the API, this arena version 1. Use the arena of the host's release, or update the host.")]
    [InlineData(null, "does not say which version of the API it speaks")]
    public async Task Status_OfAHostOfAnotherVersion_IsAnError(string? version, string said)
    {
        await using var host = await StartAsync(async context =>
        {
            if (version is not null)
                context.Response.Headers["ArenaBench-Api-Version"] = version;
            await context.Response.WriteAsync("{\"items\": []}");
        });

        var result = await Arena.RunAsync("status", "--host", host.Urls.Single());

        Assert.NotEqual(0, result.Code);
        Assert.Contains(said, result.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_SendsItsVersionAndShowsTheHostsRefusal()
    {
        string? sent = null;
        await using var host = await StartAsync(async context =>
        {
            sent = context.Request.Headers["ArenaBench-Api-Version"];
            await Results.Problem(statusCode: 400, detail: "The client speaks version 1 of the API, this host versions 3 to 4. Update the client.").ExecuteAsync(context);
        });

        var result = await Arena.RunAsync("status", "--host", host.Urls.Single());

        Assert.Equal("1", sent);
        Assert.NotEqual(0, result.Code);
        Assert.Contains("this host versions 3 to 4. Update the client.", result.Said, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var host = builder.Build();
        host.Run(answer);
        await host.StartAsync();
        return host;
    }
}
