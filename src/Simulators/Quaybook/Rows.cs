namespace Rialto.Simulators.Quaybook;

/// <param name="OpensAtUtc">First start of a day in UTC.</param>
/// <param name="Mode">instant or on_request.</param>
internal sealed record Place(int Id, string Slug, string Name, string TimeZone, string OpensAtUtc, int Starts, int EveryMinutes, int Capacity, string Mode = "instant");

internal sealed record Booking(
    int Id,
    string Code,
    int PlaceId,
    DateTimeOffset StartsAt,
    int Guests,
    string State,
    string LeadName,
    string? Contact,
    string? MerchantReference,
    string? Remarks,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public bool IsLive => State is not ("cancelled" or "rejected");
}

/// <summary>The answer given to an idempotency key.</summary>
internal sealed record RememberedAnswer(string Key, string Digest, int Status, string Body, DateTimeOffset At);

internal sealed record QuaybookOptions(int TokenLifeSeconds = 900, int KeyLifeHours = 24);
