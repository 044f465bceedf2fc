using System.Text;
using ArenaBench.Core.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.Functions.Api;

public sealed class OpenApiApi
{
    /// <summary>The API for programs that write clients.</summary>
    [Function(nameof(GetOpenApi))]
    public IResult GetOpenApi([HttpTrigger(AuthorizationLevel.Function, "get", Route = "openapi.json")] HttpRequest request) => Results.Text(
        ApiDocument.Write($"{request.Scheme}://{request.Host}{request.PathBase}").ToJsonString(JsonFiles.Indented), "application/json", Encoding.UTF8);
}
