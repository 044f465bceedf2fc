using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace BehaviourApp;

public sealed class HttpFunctions(Calls calls)
{
    [Function(nameof(Number))]
    public IResult Number(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "numbers/{value:int}")] HttpRequest request, int value) =>
        Results.Json(new { Value = value });

    [Function(nameof(Word))]
    public static IActionResult Word(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "words/{word:alpha}")] HttpRequest request,
        string word, string? suffix) =>
        new OkObjectResult(new { Text = word + suffix });

    [Function(nameof(Paths))]
    public static Task<IResult> Paths(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "paths/{*path}")] HttpRequest request, string path) =>
        Task.FromResult(Results.Text(path));

    [Function(nameof(Upload))]
    public static async Task<IResult> Upload(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "uploads")] HttpRequest request, CancellationToken cancellation)
    {
        var length = 0L;
        var buffer = new byte[81920];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellation)) > 0;) length += read;
        return Results.Text(length.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Function(nameof(Throws))]
    public static IResult Throws([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throws")] HttpRequest request) =>
        throw new InvalidOperationException("a detail that stays inside");

    [Function(nameof(Silent))]
    public static async Task Silent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "silent")] HttpRequest request) =>
        await Task.Yield();

    [Function(nameof(Counted))]
    public IResult Counted(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "calls/{key}")] HttpRequest request, string key) =>
        Results.Json(calls.Of(key));
}
