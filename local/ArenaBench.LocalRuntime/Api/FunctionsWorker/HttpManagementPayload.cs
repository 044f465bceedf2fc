using ArenaBench.LocalRuntime.Management;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker.Http
{
    /// <summary>A request outside ASP.NET Core integration. This host makes none: functions take HttpRequest.</summary>
    public abstract class HttpRequestData
    {
        public HttpRequestData(FunctionContext functionContext) => FunctionContext = functionContext;

        public abstract Uri Url { get; }

        public FunctionContext FunctionContext { get; }
    }
}

namespace Microsoft.Azure.Functions.Worker
{
    /// <summary>The URLs by which an instance is watched and steered.</summary>
    public class HttpManagementPayload
    {
        public string? Id { get; internal set; }

        public string? StatusQueryGetUri { get; internal set; }

        public string? SendEventPostUri { get; internal set; }

        public string? TerminatePostUri { get; internal set; }

        public string? PurgeHistoryDeleteUri { get; internal set; }

        public string? SuspendPostUri { get; internal set; }

        public string? ResumePostUri { get; internal set; }
    }

    public static class DurableTaskClientExtensions
    {
        /// <summary>The URLs of an instance, under the request's address or else the host's own.</summary>
        public static HttpManagementPayload CreateHttpManagementPayload(
            this DurableTaskClient client, string instanceId, HttpRequestData? request = null)
        {
            ArgumentException.ThrowIfNullOrEmpty(instanceId);
            var own = ManagementLinks.Of(client);
            var links = request is not null
                ? new ManagementLinks(request.Url.GetLeftPart(UriPartial.Authority), own?.Key)
                : own ?? throw new InvalidOperationException("This client belongs to no host, so its address is not known.");
            return new HttpManagementPayload
            {
                Id = instanceId,
                StatusQueryGetUri = links.Status(instanceId),
                SendEventPostUri = links.RaiseEvent(instanceId),
                TerminatePostUri = links.Steer(instanceId, "terminate"),
                PurgeHistoryDeleteUri = links.Status(instanceId),
                SuspendPostUri = links.Steer(instanceId, "suspend"),
                ResumePostUri = links.Steer(instanceId, "resume"),
            };
        }
    }
}
