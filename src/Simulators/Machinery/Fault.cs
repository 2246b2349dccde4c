namespace Rialto.Simulators.Machinery;

/// <summary>What can go wrong on the way to a vendor, inside it, and on the way back.</summary>
internal enum FaultKind
{
    /// <summary>Waits, then answers as it should.</summary>
    Latency,

    /// <summary>The effect happens; the answer comes a byte at a time.</summary>
    SlowDrip,

    /// <summary>The port is closed: the caller knows that nothing was sent.</summary>
    Refuse,

    /// <summary>Nothing happens and no answer comes.</summary>
    TimeoutBeforeEffect,

    /// <summary>The effect happens and no answer comes.</summary>
    TimeoutAfterEffect,

    /// <summary>The connection is closed, politely, before anything happens: what some HTTP clients answer by sending again, unseen.</summary>
    DropBeforeEffect,

    /// <summary>The effect happens, then the connection is closed politely without an answer.</summary>
    DropAfterEffect,

    /// <summary>The connection is reset before anything happens.</summary>
    ResetBeforeEffect,

    /// <summary>The effect happens, then the connection is reset.</summary>
    ResetAfterEffect,

    /// <summary>A status code in place of the effect: 500 unless said otherwise.</summary>
    StatusBefore,

    /// <summary>The effect happens, a status code is told: 500 unless said otherwise.</summary>
    StatusAfter,

    /// <summary>429 with Retry-After in place of the effect.</summary>
    TooMany,

    /// <summary>More than so many calls a second are answered with 429.</summary>
    RateLimit,

    /// <summary>The vendor forgets its tokens and says so.</summary>
    TokenExpired,

    /// <summary>The effect happens, the body is not JSON.</summary>
    MalformedJson,

    /// <summary>The effect happens, the body stops half way.</summary>
    TruncatedBody,

    /// <summary>The effect happens, a page of HTML with status 200 comes back, as a proxy's error page does.</summary>
    WrongContentType,

    /// <summary>Status 200 on the outside, a refusal inside, no effect.</summary>
    OkHttpBadStatus,

    /// <summary>Every webhook comes twice.</summary>
    DuplicateWebhook,

    /// <summary>A webhook is overtaken by the next one.</summary>
    ReorderedWebhook,

    /// <summary>A webhook comes late.</summary>
    LateWebhook,

    /// <summary>A webhook whose signature is wrong comes before the true one.</summary>
    ForgedWebhook,

    /// <summary>A webhook never comes.</summary>
    LostWebhook,

    /// <summary>The vendor's clock, and so the time inside its signatures, is off.</summary>
    ClockSkew,
}

/// <summary>One fault, on one operation or on all (<c>*</c>).</summary>
/// <param name="Op">Operation's name as <c>GET /_sim/operations</c> lists it; for webhooks the event's type; <c>*</c> is any.</param>
/// <param name="Skip">So many matching calls pass before the first one is hit.</param>
/// <param name="Times">So many calls are hit; null is no end.</param>
/// <param name="Probability">Chance to be hit, drawn from the vendor's seeded generator.</param>
/// <param name="Status">For status-before and status-after.</param>
/// <param name="Milliseconds">Latency, hang, lateness, skew or closed time.</param>
/// <param name="RetryAfterSeconds">For too-many and rate-limit.</param>
/// <param name="PerSecond">For rate-limit.</param>
internal sealed record Fault(
    string Op = "*",
    FaultKind Kind = FaultKind.Latency,
    int Skip = 0,
    int? Times = null,
    double Probability = 1,
    int Status = 500,
    int? Milliseconds = null,
    int RetryAfterSeconds = 1,
    double PerSecond = 100)
{
    public bool IsWebhook => Kind is >= FaultKind.DuplicateWebhook and <= FaultKind.LostWebhook;

    public bool IsAfterEffect => Kind is FaultKind.TimeoutAfterEffect or FaultKind.DropAfterEffect or FaultKind.ResetAfterEffect or FaultKind.StatusAfter or FaultKind.SlowDrip
        or FaultKind.MalformedJson or FaultKind.TruncatedBody or FaultKind.WrongContentType or FaultKind.Latency;
}
