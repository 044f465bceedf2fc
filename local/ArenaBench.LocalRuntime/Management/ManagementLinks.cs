using System.Runtime.CompilerServices;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Management;

/// <summary>The URLs by which one instance is watched and steered.</summary>
internal sealed record ManagementLinks(string BaseUrl, string? Key)
{
    public const string Path = "/runtime/webhooks/durabletask";

    private static readonly ConditionalWeakTable<DurableTaskClient, ManagementLinks> Known = [];

    /// <summary>Remembers under which address the host of this client answers.</summary>
    public static void Register(DurableTaskClient client, ManagementLinks links) => Known.AddOrUpdate(client, links);

    public static ManagementLinks? Of(DurableTaskClient client) => Known.TryGetValue(client, out var links) ? links : null;

    public string Status(string id) => Instance(id, "");

    public string RaiseEvent(string id) => Instance(id, "/raiseEvent/{eventName}");

    /// <summary>An operation with a reason: terminate, suspend, resume.</summary>
    public string Steer(string id, string operation) => Instance(id, "/" + operation, "reason={text}");

    public string Restart(string id) => Instance(id, "/restart");

    private string Instance(string id, string operation, string? query = null)
    {
        var parts = new[] { query, Key is null ? null : "code=" + Uri.EscapeDataString(Key) }.OfType<string>().ToArray();
        return $"{BaseUrl}{Path}/instances/{Uri.EscapeDataString(id)}{operation}"
            + (parts.Length > 0 ? "?" + string.Join('&', parts) : "");
    }
}
