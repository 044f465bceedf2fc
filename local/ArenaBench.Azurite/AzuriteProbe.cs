using System.Net.Sockets;

namespace ArenaBench.Azurite;

public enum PortState
{
    /// <summary>Nothing listens there.</summary>
    Free,

    /// <summary>Azurite's blob service answers.</summary>
    BlobStorage,

    /// <summary>Something else listens there.</summary>
    Foreign,
}

/// <param name="Detail">For people: what answered.</param>
public sealed record PortProbe(PortState State, string Detail);

/// <summary>Finds out what listens on a local port.</summary>
public static class AzuriteProbe
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        PooledConnectionLifetime = TimeSpan.Zero,
    })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>Whether local blob storage answers on the port.</summary>
    public static async Task<bool> IsRunningAsync(int port, CancellationToken cancellationToken) =>
        (await ProbeAsync(port, cancellationToken)).State == PortState.BlobStorage;

    public static async Task<PortProbe> ProbeAsync(int port, CancellationToken cancellationToken)
    {
        var probe = await TryAsync(port, cancellationToken);
        if (probe.State != PortState.Foreign)
            return probe;
        // An Azurite that is just ending, or beginning, resets connections: what is foreign stays so.
        await Task.Delay(200, cancellationToken);
        return await TryAsync(port, cancellationToken);
    }

    private static async Task<PortProbe> TryAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{port}/devstoreaccount1?comp=list"));
            using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return Judge(response);
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return new PortProbe(PortState.Free, "nothing listens there");
        }
        catch (HttpRequestException)
        {
            return new PortProbe(PortState.Foreign, "it does not speak HTTP");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PortProbe(PortState.Foreign, "it accepts connections and does not answer");
        }
    }

    private static PortProbe Judge(HttpResponseMessage response)
    {
        var server = response.Headers.TryGetValues("Server", out var values) ? string.Join(' ', values) : "";
        var isBlob = server.StartsWith("Azurite-Blob", StringComparison.OrdinalIgnoreCase)
            || server.StartsWith("Windows-Azure-Blob", StringComparison.OrdinalIgnoreCase);
        if (isBlob && response.Headers.Contains("x-ms-request-id"))
            return new PortProbe(PortState.BlobStorage, server);
        return new PortProbe(
            PortState.Foreign,
            $"it answers HTTP {(int)response.StatusCode}{(server.Length == 0 ? "" : $" as \"{Printable(server)}\"")}, which Azurite's blob service does not");
    }

    private static string Printable(string text)
    {
        var clean = new string([.. text.Where(c => !char.IsControl(c))]);
        return clean.Length <= 60 ? clean : clean[..60] + "…";
    }
}
