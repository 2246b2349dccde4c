namespace Rialto.Club;

/// <summary>The club's own rules: the configuration document <c>club/rules</c>. A booking keeps the revision under which it was made.</summary>
internal sealed record Rules
{
    public const string Document = "club/rules";

    /// <summary>Number of the organization whose members sign in here.</summary>
    public int Organization { get; init; } = 1;

    /// <summary>How long a promise runs in the daytime.</summary>
    public int PromiseMinutes { get; init; } = 120;

    /// <summary>A promise made in the night runs to this hour of the next morning, local to the place.</summary>
    public int MorningHour { get; init; } = 9;

    /// <summary>From this hour on it is night.</summary>
    public int NightHour { get; init; } = 22;

    /// <summary>A booking that is not settled after so long tells its member what is promised.</summary>
    public int TellAfterSeconds { get; init; } = 60;

    /// <summary>How long a request waits for its own outcome before it answers 202.</summary>
    public int AnswerWithinMs { get; init; } = 1_500;

    /// <summary>How long a page waits for a vendor before it shows what was known.</summary>
    public int PartDeadlineMs { get; init; } = 400;

    /// <summary>An answer of a vendor younger than this is fresh.</summary>
    public int FreshSeconds { get; init; } = 30;

    /// <summary>One younger than this is shown at once, with its age, while the vendor is asked anew; for an older one the page waits.</summary>
    public int RecentSeconds { get; init; } = 300;

    /// <summary>Points that may be spent in one booking while Memberson is away, by tier; others get <see cref="OfflineCap"/>.</summary>
    public IReadOnlyDictionary<string, long> OfflineCapByTier { get; init; } = new Dictionary<string, long> { ["Sapphire"] = 20_000, ["Gold"] = 5_000, ["Silver"] = 1_000 };

    public long OfflineCap { get; init; } = 500;

    /// <summary>How long a person may take at the card page; the vendor takes 30 minutes to 24 hours.</summary>
    public int CheckoutMinutes { get; init; } = 30;

    /// <summary>A member may cancel a confirmed booking until so many hours before it begins.</summary>
    public int CancelHours { get; init; } = 24;

    /// <summary>Where members see the club: the card page sends them back there. Null: where everybody reaches this installation.</summary>
    public string? PublicUrl { get; init; }

    public IEnumerable<string> Problems()
    {
        if (PromiseMinutes is < 5 or > 1_440) yield return "promiseMinutes must be 5 to 1440.";
        if (MorningHour is < 0 or > 12) yield return "morningHour must be 0 to 12.";
        if (NightHour is < 12 or > 24) yield return "nightHour must be 12 to 24.";
        if (TellAfterSeconds is < 5 or > 600) yield return "tellAfterSeconds must be 5 to 600.";
        if (AnswerWithinMs is < 0 or > 10_000) yield return "answerWithinMs must be 0 to 10000.";
        if (PartDeadlineMs is < 10 or > 5_000) yield return "partDeadlineMs must be 10 to 5000.";
        if (FreshSeconds is < 1 or > 3_600) yield return "freshSeconds must be 1 to 3600.";
        if (RecentSeconds < FreshSeconds || RecentSeconds > 86_400) yield return "recentSeconds must be freshSeconds to 86400.";
        if (CheckoutMinutes is < 30 or > 1_440) yield return "checkoutMinutes must be 30 to 1440: the card vendor takes nothing else.";
        if (CancelHours is < 0 or > 720) yield return "cancelHours must be 0 to 720.";
        if (OfflineCap < 0 || OfflineCapByTier.Values.Any(cap => cap < 0)) yield return "A cap cannot be below zero.";
        if (PublicUrl is not null && (!Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))) yield return "publicUrl must be an http or https address.";
    }

    public long OfflineCapOf(string? tier) => tier is not null && OfflineCapByTier.TryGetValue(tier, out var cap) ? cap : OfflineCap;

    /// <summary>Until when an answer is promised: never later than the place's own last moment.</summary>
    public DateTimeOffset PromiseFrom(DateTimeOffset now, TimeZoneInfo zone, DateTimeOffset? lastMoment)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var promise = now.AddMinutes(PromiseMinutes);
        if (local.Hour >= NightHour || local.Hour < MorningHour)
        {
            var morning = local.Date.AddDays(local.Hour >= NightHour ? 1 : 0).AddHours(MorningHour);
            var at = new DateTimeOffset(morning, zone.GetUtcOffset(morning));
            if (at > promise) promise = at;
        }
        return lastMoment is { } last && last < promise ? last : promise.ToUniversalTime();
    }
}
