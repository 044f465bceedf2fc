using System.Net;

namespace ArenaBench.Cli.Client;

/// <summary>A host said no, or said nothing. The messages are for the person at the terminal, one for each error.</summary>
public sealed class ApiException(IReadOnlyList<string> messages, HttpStatusCode? status = null) : Exception(string.Join(Environment.NewLine, messages))
{
    public ApiException(string message, HttpStatusCode? status = null)
        : this([message], status)
    {
    }

    public IReadOnlyList<string> Messages { get; } = messages;

    public HttpStatusCode? Status { get; } = status;

    public bool IsCallersFault => Status is { } code && (int)code is >= 400 and < 500 and not 401 and not 403 and not 429;
}
