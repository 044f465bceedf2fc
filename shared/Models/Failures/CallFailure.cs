using ArenaBench.Core.Records;

namespace ArenaBench.Core.Models.Failures;

/// <summary>Why one request failed, and what that means for the next.</summary>
/// <param name="Reason">What was wrong and what to do; cleaned, without secrets.</param>
/// <param name="RetryAfter">Null: another try would fail the same way. Zero: at once.</param>
/// <param name="MayBePaid">The endpoint may have worked on it, and may charge for it.</param>
internal sealed record CallFailure(
    RecordStatus Status, string Reason, TimeSpan? RetryAfter = null, bool MayBePaid = false, FailureKind Kind = FailureKind.Request);

/// <summary>Whose failure it is.</summary>
internal enum FailureKind
{
    /// <summary>This request's: others may succeed.</summary>
    Request,

    /// <summary>Too many requests or tokens.</summary>
    RateLimit,

    /// <summary>The endpoint's: unreachable, overloaded, broken.</summary>
    Endpoint,

    /// <summary>The address's, it seems: a web page with a status of success.</summary>
    WebPage,
}

/// <summary>Carries a failure out of the HTTP pipeline, past the provider's SDK.</summary>
internal sealed class CallFailedException(CallFailure failure) : Exception(failure.Reason)
{
    public CallFailure Failure { get; } = failure;
}
