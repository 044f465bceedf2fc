namespace ArenaBench.Simulation.Faults;

/// <summary>What can go wrong with a call.</summary>
public enum FaultKind
{
    /// <summary>429, with Retry-After where <see cref="FaultRule.RetryAfterSeconds"/> is set.</summary>
    RateLimit,

    /// <summary>429 with the code that means: pay first, waiting is of no use.</summary>
    InsufficientQuota,

    /// <summary>500, or <see cref="FaultRule.Status"/>.</summary>
    ServerError,

    /// <summary>503, with Retry-After where <see cref="FaultRule.RetryAfterSeconds"/> is set.</summary>
    Unavailable,

    /// <summary>The connection is closed before a byte of the answer.</summary>
    Reset,

    /// <summary>The connection is closed in the middle of the body.</summary>
    CutBody,

    /// <summary>The answer begins <see cref="FaultRule.Seconds"/> late.</summary>
    SlowFirstByte,

    /// <summary>No answer: the connection stays open for <see cref="FaultRule.Seconds"/> (a day by default), then closes.</summary>
    Hang,

    /// <summary>200 with half of the JSON.</summary>
    TruncatedJson,

    /// <summary>200 with no choices.</summary>
    EmptyChoices,

    /// <summary>200 with an empty text.</summary>
    EmptyContent,

    /// <summary>A web page in place of JSON, with 200 or <see cref="FaultRule.Status"/>.</summary>
    Html,

    /// <summary>200 with finish_reason content_filter and no text.</summary>
    ContentFilter,

    /// <summary>400 with the code content_filter.</summary>
    ContentFilterError,

    /// <summary>200 with half of the text and finish_reason length.</summary>
    Length,

    /// <summary>400 context_length_exceeded.</summary>
    ContextLength,

    /// <summary>401.</summary>
    InvalidKey,

    /// <summary>404 model_not_found.</summary>
    UnknownModel,

    /// <summary>400 that names <see cref="FaultRule.Parameter"/> (max_tokens by default).</summary>
    UnsupportedParameter,

    /// <summary>A judge that comes to no verdict.</summary>
    NoVerdict,

    /// <summary>A judge that gives two verdicts which disagree.</summary>
    TwoVerdicts,
}
