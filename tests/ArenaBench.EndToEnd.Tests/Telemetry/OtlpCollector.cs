using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ArenaBench.EndToEnd.Tests.Telemetry;

/// <summary>A collector that takes OTLP over HTTP as protobuf and keeps it. Field numbers: github.com/open-telemetry/opentelemetry-proto.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpCollector(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public ConcurrentBag<(string Path, byte[] Body)> Received { get; } = [];

    public IReadOnlyList<OtlpSpan> Spans => [.. Received.Where(sent => sent.Path == "/v1/traces").SelectMany(sent => OtlpSpan.ReadAll(sent.Body))];

    /// <summary>Everything that was sent, as text where it is text.</summary>
    public string Text => string.Concat(Received.Select(sent => Encoding.Latin1.GetString(sent.Body)));

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var collector = new OtlpCollector(app);
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            collector.Received.Add((context.Request.Path, body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
        });
        await app.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

internal sealed record OtlpSpan(
    string TraceId, string SpanId, string ParentId, string Name, ulong Start, ulong End, IReadOnlyDictionary<string, string> Attributes)
{
    public static IEnumerable<OtlpSpan> ReadAll(byte[] request) =>
        from resource in Messages(request, 1)
        from scope in Messages(resource, 2)
        from span in Messages(scope, 2)
        select Read(span);

    private static OtlpSpan Read(byte[] span)
    {
        string trace = "", id = "", parent = "", name = "";
        ulong start = 0, end = 0;
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        Each(span, (field, input) =>
        {
            switch (field)
            {
                case 1: trace = Convert.ToHexStringLower(input.ReadBytes().Span); break;
                case 2: id = Convert.ToHexStringLower(input.ReadBytes().Span); break;
                case 4: parent = Convert.ToHexStringLower(input.ReadBytes().Span); break;
                case 5: name = input.ReadString(); break;
                case 7: start = input.ReadFixed64(); break;
                case 8: end = input.ReadFixed64(); break;
                case 9:
                    var pair = input.ReadBytes().ToByteArray();
                    attributes[Encoding.UTF8.GetString(Messages(pair, 1).Single())] = Value(Messages(pair, 2).Single());
                    break;
                default: return false;
            }

            return true;
        });
        return new OtlpSpan(trace, id, parent, name, start, end, attributes);
    }

    private static string Value(byte[] any)
    {
        var text = "";
        Each(any, (field, input) =>
        {
            switch (field)
            {
                case 1: text = input.ReadString(); break;
                case 3: text = input.ReadInt64().ToString(CultureInfo.InvariantCulture); break;
                case 4: text = input.ReadDouble().ToString(CultureInfo.InvariantCulture); break;
                default: return false;
            }

            return true;
        });
        return text;
    }

    private static List<byte[]> Messages(byte[] message, int wanted)
    {
        var found = new List<byte[]>();
        Each(message, (field, input) =>
        {
            if (field != wanted)
                return false;
            found.Add(input.ReadBytes().ToByteArray());
            return true;
        });
        return found;
    }

    private static void Each(byte[] message, Func<int, CodedInputStream, bool> read)
    {
        using var input = new CodedInputStream(message);
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            if (!read(WireFormat.GetTagFieldNumber(tag), input))
                input.SkipLastField();
        }
    }
}
