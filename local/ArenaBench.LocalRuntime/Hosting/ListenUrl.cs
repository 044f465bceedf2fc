using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>Where the host listens.</summary>
internal static class ListenUrl
{
    private const int DefaultPort = 7071;

    /// <summary>The option, else <c>--urls</c> (ASPNETCORE_URLS), else <c>--port</c> (local.settings.json), else port 7071.</summary>
    /// <exception cref="LocalHostException">It is no http URL, or open to the network without a key.</exception>
    public static Uri Choose(LocalHostOptions options, IConfiguration settings)
    {
        var text = options.Url ?? settings["urls"] ?? settings["ASPNETCORE_URLS"] ?? $"http://127.0.0.1:{Port(settings)}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp || url.AbsolutePath != "/")
            throw new LocalHostException($"'{text}' is not an address to listen on; give one like http://127.0.0.1:7071.");
        if (!IsLoopback(url) && options.RequiredKey is null)
            throw new LocalHostException(
                $"{text} is reachable from the network, and without a key anybody there could start runs. "
                + "Listen on 127.0.0.1, or require a key (LocalHostOptions.RequiredKey, setting LocalRuntime:Key).");
        return url;
    }

    public static bool IsLoopback(Uri url) => IsLoopback(url.Host);

    /// <summary>Only names and addresses that cannot mean another machine.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static int Port(IConfiguration settings)
    {
        var text = settings["port"] ?? settings["p"];
        if (text is null) return DefaultPort;
        return int.TryParse(text, CultureInfo.InvariantCulture, out var port) && port is >= 0 and <= 65535
            ? port : throw new LocalHostException($"'{text}' is not a port number.");
    }
}
