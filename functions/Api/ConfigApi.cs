using System.Text;
using System.Text.RegularExpressions;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Models;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.Functions.Api;

public sealed record ConfigList(IReadOnlyList<string> Files);

/// <param name="Models">That the file names.</param>
public sealed record StoredConfig(string Name, IReadOnlyList<string> Models);

/// <summary>Endpoint files of the store. They hold references to keys, never keys: a file with one is refused.</summary>
public sealed partial class ConfigApi(ArenaContainer store)
{
    [Function(nameof(PutConfig))]
    public async Task<IResult> PutConfig(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "config/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        try
        {
            if (!FileName().IsMatch(name))
                throw new ProblemException(new Problem(null, null, null, "a configuration's name is a file name that ends in .yaml, such as endpoints.yaml"));
            var text = await RequestBody.ReadTextAsync(request, RequestBody.ConfigLimit, cancellationToken, "an endpoints file");
            var endpoints = EndpointsFile.Parse(text, "the request body");
            await store.EnsureAsync(cancellationToken);
            await store.Files.WriteAsync(EndpointsCatalog.Folder + name, BinaryData.FromString(text), null, cancellationToken);
            return Results.Json(new StoredConfig(name, [.. endpoints.Names]), JsonFiles.Options);
        }
        catch (ProblemException refused)
        {
            return Refusal.Of(refused, "The file was refused; nothing was stored.");
        }
        catch (BodyTooLargeException tooLarge)
        {
            return Refusal.TooLarge(tooLarge.Message);
        }
    }

    [Function(nameof(GetConfig))]
    public async Task<IResult> GetConfig(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "config/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken) =>
        FileName().IsMatch(name) && await store.Files.ReadAsync(EndpointsCatalog.Folder + name, cancellationToken) is { } file
            ? Results.Text(file.Content.ToString(), "application/yaml", Encoding.UTF8)
            : Refusal.NotFound($"There is no config/{name}. GET /api/config lists them.");

    [Function(nameof(ListConfig))]
    public async Task<IResult> ListConfig(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "config")] HttpRequest request, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var path in store.Files.ListAsync(EndpointsCatalog.Folder, cancellationToken))
            names.Add(path[EndpointsCatalog.Folder.Length..]);
        return Results.Json(new ConfigList(names), JsonFiles.Options);
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.ya?ml$", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
