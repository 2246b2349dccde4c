using Dapper;
using Npgsql;
using Rialto.Club.Vendors;
using static Rialto.Platform.Postgres.Parameter;

namespace Rialto.Club.Bookings;

/// <summary>A booking of an experience, or the redemption of an item, with what its saga needs of member and payment.</summary>
internal sealed class Booking
{
    public required Guid Id { get; init; }

    /// <summary>Drawn by the table; zero until it is read from there.</summary>
    public long Number { get; init; }

    public required int Organization { get; init; }
    public required Guid Member { get; init; }
    public required string What { get; init; }
    public Guid? Experience { get; init; }
    public Guid? Item { get; init; }
    public required string Title { get; init; }
    public required string Unit { get; init; }
    public string? Connector { get; init; }
    public string? Venue { get; init; }
    public string? TimeZone { get; init; }
    public DateTimeOffset? StartsAt { get; init; }
    public required int LeadMinutes { get; init; }
    public required int Quantity { get; init; }
    public required string Pay { get; init; }
    public long? AmountPoints { get; init; }
    public long? AmountMinor { get; init; }
    public string? Currency { get; init; }
    public required string State { get; init; }
    public string? Reason { get; init; }
    public string? UndoWish { get; init; }
    public string? Reference { get; set; }
    public required byte[] RequestHash { get; init; }
    public DateTimeOffset? PromiseBy { get; init; }
    public required bool PromiseTold { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }
    public required string CustomerNumber { get; init; }
    public string? MemberNo { get; init; }
    public string? PointType { get; init; }

    /// <summary>Who the member is, sealed.</summary>
    public byte[]? Sealed { get; init; }

    public string? SessionId { get; init; }
    public string? SessionUrl { get; init; }
    public string? IntentId { get; init; }
    public string? PaymentState { get; init; }

    public const string Select =
        """
        SELECT b.id, b.number, b.organization, b.member, b.what, b.experience, b.item, b.title, b.unit, b.connector, b.venue, b.time_zone, b.starts_at, b.lead_minutes, b.quantity, b.pay,
               b.amount_points, b.amount_minor, b.currency, b.state, b.reason, b.undo_wish, b.reference, b.request_hash, b.promise_by, b.promise_told, b.version, b.created_at,
               b.updated_at, b.confirmed_at, m.customer_number, m.member_no, m.point_type, m.sealed, p.session_id, p.session_url, p.intent_id,
               p.state AS payment_state
          FROM club.booking b JOIN club.member m ON m.id = b.member LEFT JOIN club.payment p ON p.booking = b.id
        """;

    public bool IsExperience => What == "experience";
    public bool IsFinal => State is "confirmed" or "declined" or "expired" or "cancelled";

    /// <summary>The saga that brings it about.</summary>
    public string Saga => Pay == "points" ? BookByPoints.Word : BookByCard.Word;

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone ?? "Etc/UTC");

    public DateTimeOffset? LastMoment => StartsAt?.AddMinutes(-LeadMinutes);

    public Seat Seat => new(Connector!, Venue!, Zone, TimeZoneInfo.ConvertTime(StartsAt!.Value, Zone), Quantity);

    /// <summary>Memberson's receipt: from the booking's id alone, so that it is the same however often it is sent. Its limit of length is unknown, so it is short.</summary>
    public string Receipt => ReceiptOf(Id);

    public const string ReceiptPrefix = "RLT";

    public static string ReceiptOf(Guid booking) => ReceiptPrefix + Convert.ToHexString(booking.ToByteArray(bigEndian: true));

    public const string Lock = Select + " WHERE b.id = @subject FOR UPDATE OF b";

    public static Task<Booking> LockAsync(NpgsqlTransaction transaction, Guid id, CancellationToken stop) =>
        transaction.Connection!.QuerySingleAsync<Booking>(new CommandDefinition(Lock, new { subject = id }, transaction, cancellationToken: stop));

    public static async Task<Booking?> FindAsync(NpgsqlDataSource postgres, Guid id, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleOrDefaultAsync<Booking>(new CommandDefinition($"{Select} WHERE b.id = @id", new { id }, cancellationToken: stop));
    }

    /// <summary>Changes its state.</summary>
    public static NpgsqlBatchCommand StateIs(Guid id, string state, DateTimeOffset now, string? reason = null, string? reference = null) => new(
        """
        UPDATE club.booking
           SET state = $2, reason = coalesce($3, reason), reference = coalesce($4, reference), version = version + 1, updated_at = $5,
               confirmed_at = CASE WHEN $2 = 'confirmed' THEN coalesce(confirmed_at, $5) ELSE confirmed_at END
         WHERE id = $1
        """)
    {
        Parameters = { new() { Value = id }, Text(state), Text(reason), Text(reference), new() { Value = now.UtcDateTime } },
    };

    public static NpgsqlBatchCommand PaymentIs(Guid booking, string state, DateTimeOffset now, string? session = null, string? url = null, string? intent = null) => new(
        """
        UPDATE club.payment
           SET state = $2, session_id = coalesce($3, session_id), session_url = coalesce($4, session_url), intent_id = coalesce($5, intent_id), updated_at = $6
         WHERE booking = $1
        """)
    {
        Parameters = { new() { Value = booking }, Text(state), Text(session), Text(url), Text(intent), new() { Value = now.UtcDateTime } },
    };
}
