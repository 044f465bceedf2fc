using System.Net;
using System.Text;
using System.Text.Json;
using ArenaBench.Simulation.Chat;
using ArenaBench.Simulation.Models;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Simulation;

/// <summary>What the endpoint shows besides chat: its models, its counters, a page for people.</summary>
internal static class SimulationPages
{
    public static ReadOnlyMemory<byte> Models(IReadOnlyList<SimulatedModel> models) => ChatReply.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var model in models)
            WriteModel(json, model);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static ReadOnlyMemory<byte> Model(SimulatedModel model) => ChatReply.Write(json => WriteModel(json, model));

    public static ReadOnlyMemory<byte> CountersJson(SimulationCounters counters) => ChatReply.Write(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("simulated", true);
        json.WriteNumber("calls", counters.Calls);
        json.WriteNumber("answered", counters.Answered);
        json.WriteNumber("paid", counters.Paid);
        json.WriteNumber("paidRequests", counters.PaidRequests);
        json.WriteNumber("paidAgain", counters.PaidAgain);
        json.WriteNumber("rateLimited", counters.RateLimited);
        json.WriteNumber("promptTokens", counters.PromptTokens);
        json.WriteNumber("completionTokens", counters.CompletionTokens);
        json.WriteNumber("inFlight", counters.InFlight);
        json.WriteNumber("maxInFlight", counters.MaxInFlight);
        json.WriteStartObject("models");
        foreach (var (name, model) in counters.Models.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(name);
            json.WriteNumber("calls", model.Calls);
            json.WriteNumber("answered", model.Answered);
            json.WriteNumber("inFlight", model.InFlight);
            json.WriteNumber("maxInFlight", model.MaxInFlight);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartObject("faults");
        foreach (var (kind, number) in counters.Faults.OrderBy(pair => pair.Key))
            json.WriteNumber(JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()), number);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public static async Task SendRootAsync(HttpContext http, SimulationOptions options, SimulationCounters counters)
    {
        var rows = string.Concat(options.Models.Select(model =>
            $"<tr><td>{WebUtility.HtmlEncode(model.Name)}</td><td>{counters.CallsOf(model.Name)}</td></tr>"));
        var page = $$"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Simulated models</title>
            <style>body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}td,th{text-align:left;padding:.1rem 1rem .1rem 0}</style></head>
            <body>
            <h1>Simulated models</h1>
            <p>No language model runs here. These models are played: their answers and judgments are made up from a hash of what they are asked (seed {{options.Seed}}), to rehearse benchmarks without cost.</p>
            <table><tr><th>Model</th><th>Calls</th></tr>{{rows}}</table>
            <p><a href="/v1/models">/v1/models</a> · <a href="/counters">/counters</a> · POST /v1/chat/completions</p>
            </body></html>
            """;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(page), http.RequestAborted);
    }

    private static void WriteModel(Utf8JsonWriter json, SimulatedModel model)
    {
        json.WriteStartObject();
        json.WriteString("id", model.Name);
        json.WriteString("object", "model");
        json.WriteNumber("created", 1_767_225_600);
        json.WriteString("owned_by", "arenabench-simulated");
        json.WriteEndObject();
    }
}
