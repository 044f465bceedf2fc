using System.Net.Sockets;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Models.Failures;

/// <summary>Failures below HTTP: the request may never have arrived.</summary>
internal static class ConnectionFailure
{
    public static CallFailure Of(Exception exception, RequestFacts facts)
    {
        var error = (exception as HttpRequestException)?.HttpRequestError ?? (exception as HttpIOException)?.HttpRequestError ?? HttpRequestError.Unknown;
        var socket = exception.GetBaseException() as SocketException;
        return error switch
        {
            HttpRequestError.NameResolutionError => Unreached($"there is no host {facts.Host}; check api_base"),
            HttpRequestError.SecureConnectionError => new CallFailure(RecordStatus.EndpointFailed,
                $"{facts.Host} has no certificate that this machine trusts; check api_base (http or https?) and the clock", null, Kind: FailureKind.Endpoint),
            HttpRequestError.ConnectionError => Unreached(socket?.SocketErrorCode == SocketError.ConnectionRefused
                ? $"nothing listens at {facts.Host}; is the server started?"
                : $"{facts.Host} cannot be reached ({socket?.SocketErrorCode.ToString() ?? "no connection"})"),
            HttpRequestError.InvalidResponse => Broken($"{facts.Host} does not speak HTTP as it should", RecordStatus.Malformed),
            HttpRequestError.ConfigurationLimitExceeded => Broken($"{facts.Host} sent headers larger than are read", RecordStatus.Malformed),
            _ => Broken($"{facts.Host} broke the connection before its answer was complete", RecordStatus.EndpointFailed),
        };
    }

    private static CallFailure Unreached(string reason) =>
        new(RecordStatus.EndpointFailed, reason, TimeSpan.FromSeconds(1), MayBePaid: false, FailureKind.Endpoint);

    private static CallFailure Broken(string reason, RecordStatus status) =>
        new(status, reason, TimeSpan.FromSeconds(1), MayBePaid: true, FailureKind.Endpoint);
}
