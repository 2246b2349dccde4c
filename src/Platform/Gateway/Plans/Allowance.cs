namespace Rialto.Platform.Gateway.Plans;

/// <summary>The answer to one request: it may pass, or when it may come again.</summary>
/// <param name="Allowed">The request may pass and is counted.</param>
/// <param name="Remaining">How many more would pass now, as far as this node knows.</param>
/// <param name="RetryAfter">When refused: the time until one would pass.</param>
/// <param name="QuotaLeft">Of the day, when there is a quota.</param>
/// <param name="QuotaResets">Time to midnight UTC, when there is a quota.</param>
/// <param name="ByQuota">Refused by the quota of the day, not by the rate.</param>
internal readonly record struct Verdict(bool Allowed, long Remaining, TimeSpan RetryAfter, long? QuotaLeft, TimeSpan QuotaResets, bool ByQuota);

/// <summary>What this node knows and holds of one subject's plan. All members are used under the lock of the object.</summary>
internal sealed class Allowance(string subject, UsagePlan plan)
{
    public string Subject { get; } = subject;

    public UsagePlan Plan { get; set; } = plan;

    /// <summary>Tokens leased and not yet used.</summary>
    public long Held { get; set; }

    /// <summary>Time stamp of the last use, and of the last answer of the shared bucket.</summary>
    public long UsedAt { get; set; }

    public long AnsweredAt { get; set; }

    /// <summary>In the shared bucket at the last answer.</summary>
    public double LeftTokens { get; set; }

    public long? LeftQuota { get; set; }

    public TimeSpan ToMidnight { get; set; }

    /// <summary>The shared bucket had nothing: no use in asking before this much time after the answer.</summary>
    public TimeSpan EmptyFor { get; set; }

    public bool EmptyByQuota { get; set; }

    /// <summary>Not null while the shared bucket is being asked.</summary>
    public TaskCompletionSource? Asking { get; set; }

    /// <summary>Nobody used it for long, and it was brought back: the subject has another one, or none.</summary>
    public bool IsReturned { get; set; }
}
