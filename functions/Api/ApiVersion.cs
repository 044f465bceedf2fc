using System.Globalization;

namespace ArenaBench.Functions.Api;

/// <summary>The version of the HTTP API. Clients send theirs, every answer carries the host's: an old one of either learns so in
/// words, not by a field that is not there. Raised when a client of the version before could no longer work.</summary>
public static class ApiVersion
{
    public const int Current = 1;

    /// <summary>Oldest client that is still served.</summary>
    public const int Oldest = 1;

    public const string Header = "ArenaBench-Api-Version";

    /// <param name="sent">The client's header; null from curl and browsers, which speak any version.</param>
    /// <returns>What is wrong, and what to do; null when nothing is.</returns>
    public static string? WhatIsWrong(string? sent)
    {
        if (sent is null)
            return null;
        if (!int.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return $"{Header} is not a whole number; this host speaks version {Current}.";
        if (version < Oldest)
            return $"The client speaks version {version} of the API, this host {Range}. Update the client.";
        return version > Current ? $"The client speaks version {version} of the API, this host {Range}. Update the host, or use the client of its release." : null;
    }

    private static string Range => Oldest == Current ? $"version {Current}" : $"versions {Oldest} to {Current}";
}
