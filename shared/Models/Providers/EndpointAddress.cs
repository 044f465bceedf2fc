using System.Net;
using System.Net.Sockets;

namespace ArenaBench.Core.Models.Providers;

/// <summary>
/// Which addresses are never called: those where clouds serve credentials to whoever asks from inside. Checked by name
/// when a file is read, and by the resolved address at every connection, so that a name cannot lead there either.
/// </summary>
internal static class EndpointAddress
{
    private static readonly string[] Names = ["metadata.google.internal", "metadata.goog", "metadata.azure.internal", "instance-data.ec2.internal"];

    // AWS over IPv6 (fd00:ec2::254 and the task and pod identity addresses beside it), Alibaba Cloud, Oracle Cloud, Azure's wire server.
    private static readonly IPNetwork[] Networks =
    [
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fd00:ec2::/32"),
        IPNetwork.Parse("100.100.100.200/32"), IPNetwork.Parse("192.0.0.192/32"), IPNetwork.Parse("168.63.129.16/32"), IPNetwork.Parse("fd20:ce::/32"),
    ];

    private static readonly IPNetwork[] Nat64 = [IPNetwork.Parse("64:ff9b::/96"), IPNetwork.Parse("64:ff9b:1::/48")];

    public static bool IsForbidden(Uri uri) =>
        Plain(uri.Host).TrimEnd('.') is var host
        && (Names.Contains(host, StringComparer.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IsForbidden(address)));

    public static bool IsForbidden(IPAddress address)
    {
        address = Embedded(address) ?? address;
        return Networks.Any(network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address));
    }

    /// <summary>Full-width letters, digits and dots are read as plain ones by some resolvers.</summary>
    private static string Plain(string host) => string.Create(host.Length, host, static (plain, wide) =>
    {
        for (var i = 0; i < plain.Length; i++)
            plain[i] = wide[i] is >= '\uFF01' and <= '\uFF5E' ? (char)(wide[i] - 0xFEE0) : wide[i] is '\u3002' or '\uFF61' ? '.' : wide[i];
    });

    /// <summary>The IPv4 address that an IPv6 address leads to: mapped, compatible, or through NAT64 or 6to4.</summary>
    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return null;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        if (Nat64.Any(network => network.Contains(address)) || (bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0 && bytes.AsSpan(12).IndexOfAnyExcept((byte)0) >= 0))
            return new IPAddress(bytes.AsSpan(12));
        return bytes[0] == 0x20 && bytes[1] == 0x02 ? new IPAddress(bytes.AsSpan(2, 4)) : null;
    }

    /// <summary>Connects to the first of the host's addresses that may be called and answers.</summary>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(context.DnsEndPoint.Host, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        var allowed = Array.FindAll(addresses, address => !IsForbidden(address));
        if (allowed.Length == 0)
            throw new ForbiddenAddressException(context.DnsEndPoint.Host);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // A reasoning model is silent for minutes: without probes, routers forget the connection.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 30);
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

internal sealed class ForbiddenAddressException(string host)
    : IOException($"{host} leads to an address that serves credentials to machines inside a cloud; it is never called");
