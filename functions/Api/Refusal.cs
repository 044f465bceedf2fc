using ArenaBench.Core.Configuration;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Functions.Api;

/// <summary>Problem details (RFC 9457) for what a caller can mend.</summary>
internal static class Refusal
{
    /// <summary>400 with every error and its place.</summary>
    public static IResult Of(ProblemException refused, string title = "The request was refused whole; nothing was started.") => Results.Problem(
        statusCode: StatusCodes.Status400BadRequest,
        title: title,
        detail: string.Join('\n', refused.Problems),
        extensions: new Dictionary<string, object?>
        {
            ["errors"] = refused.Problems.Select(problem => new { place = Place(problem), message = problem.Message }).ToArray(),
        });

    public static IResult BadRequest(string detail) =>
        Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The request was refused; nothing was done.", detail: detail);

    public static IResult NoRun(string id) => NotFound($"There is no run {id}. GET /api/runs lists them.");

    public static IResult NotFound(string detail) => Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "Not found", detail: detail);

    public static IResult Conflict(string detail) => Results.Problem(statusCode: StatusCodes.Status409Conflict, title: "Conflict", detail: detail);

    public static IResult TooLarge(string detail) =>
        Results.Problem(statusCode: StatusCodes.Status413PayloadTooLarge, title: "Too large", detail: detail);

    private static string? Place(Problem problem) => (problem.File, problem.Line, problem.Column) switch
    {
        (var file, null, _) => file,
        (null, var line, var column) => $"line {line}, column {column}",
        var (file, line, column) => $"{file}:{line}:{column}",
    };
}
