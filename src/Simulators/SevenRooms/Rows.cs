namespace Rialto.Simulators.SevenRooms;

/// <param name="Id">Long url-safe text, as the vendor's are.</param>
/// <param name="TimeZone">IANA name; the vendor tells all times in it, without an offset.</param>
internal sealed record Venue(string Id, string GroupId, string Name, string TimeZone, IReadOnlyList<Shift> Shifts);

/// <summary>A service of a day: its slots begin every so many minutes and seat so many covers each.</summary>
/// <param name="Type">book: instant; request: the venue must approve.</param>
/// <param name="ClosedOn">Day of the week on which there is none (0 Sunday), or null.</param>
internal sealed record Shift(
    string Name, string Category, string PersistentId, string From, string To, int EveryMinutes, int Covers, string Type = "book", int? ClosedOn = null);

internal sealed record Client(string Id, string FirstName, string LastName, string? Email, string? Phone, DateTimeOffset Created);

internal sealed record Reservation(
    string Id,
    string ReferenceCode,
    string VenueId,
    string GroupId,
    string ClientId,
    string Date,
    string ArrivalTime,
    int MaxGuests,
    string Status,
    string ShiftCategory,
    string ShiftPersistentId,
    string? AccessPersistentId,
    string FirstName,
    string LastName,
    string? Email,
    string? Phone,
    string? ExternalId,
    string? ExternalUserId,
    string? LoyaltyId,
    string? Notes,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    long Number)
{
    public bool IsLive => Status is not ("CANCELED" or "NO_SHOW" or "DECLINED");
}

/// <summary>Seats taken out of availability for 300 s.</summary>
internal sealed record Hold(string Id, string VenueId, string Date, string Time, int Party, DateTimeOffset Until);

/// <param name="TokenLifeSeconds">Undocumented of the real vendor.</param>
/// <param name="DedupesExternalId">Whether a second booking with the same external_id gets the first one. No client has ever seen it.</param>
/// <param name="RequestDecisionSeconds">After so long the venue approves a requested reservation by itself; 0 leaves it to the control route.</param>
internal sealed record SevenRoomsOptions(int TokenLifeSeconds = 8 * 3600, bool DedupesExternalId = false, int RequestDecisionSeconds = 0, int HoldSeconds = 300);
