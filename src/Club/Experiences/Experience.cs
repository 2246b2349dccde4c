using System.Globalization;
using System.Text.Json.Serialization;
using Rialto.Club.Vendors;

namespace Rialto.Club.Experiences;

internal sealed class Experience
{
    public required Guid Id { get; init; }
    public required int Organization { get; init; }
    public required string Title { get; init; }
    public required string Description { get; init; }

    /// <summary>The business unit.</summary>
    public required string Unit { get; init; }

    public required string Connector { get; init; }
    public required string Venue { get; init; }
    public required string TimeZone { get; init; }
    public long? PricePoints { get; init; }
    public long? PriceMinor { get; init; }
    public required string Currency { get; init; }
    public required int TicketsMax { get; init; }
    public required int LeadMinutes { get; init; }
    public required string State { get; init; }
    public DateTimeOffset? ShownFrom { get; init; }
    public DateTimeOffset? ShownUntil { get; init; }
    public required int Place { get; init; }
    public required Guid[] Pictures { get; init; }
    public required int Version { get; init; }

    public const string Columns =
        """
        id, organization, title, description, unit, connector, venue, time_zone, price_points, price_minor, currency, tickets_max, lead_minutes, state,
        shown_from, shown_until, place, pictures, version
        """;

    [JsonIgnore]
    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public bool IsShown(DateTimeOffset now) => State == "published" && !(ShownFrom > now) && !(ShownUntil <= now);

    public Seat SeatAt(DateTimeOffset startsAt, int party) => new(Connector, Venue, Zone, TimeZoneInfo.ConvertTime(startsAt, Zone), party);

    /// <summary>Reads a start: with an offset as it is, without one as local to the venue; null when it is neither or does not exist there.</summary>
    public DateTimeOffset? ReadStart(string? text)
    {
        if (text is null || text.Length > 40) return null;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var parsed)) return null;
        if (parsed.Kind == DateTimeKind.Unspecified) return Zone.IsInvalidTime(parsed) ? null : new DateTimeOffset(parsed, Zone.GetUtcOffset(parsed));
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? TimeZoneInfo.ConvertTime(instant, Zone) : null;
    }
}
