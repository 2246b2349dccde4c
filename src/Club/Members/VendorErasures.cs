using Dapper;
using Npgsql;
using Rialto.Club.Vendors;
using Rialto.Platform.Connectors.Stripe;

namespace Rialto.Club.Members;

/// <summary>What vendors know of a member. None of them has a call that erases a person, so whoever is forgotten here becomes a task of the desk for each vendor.</summary>
internal sealed class VendorErasures(TimeProvider clock)
{
    public sealed record Copy
    {
        public string Connector { get; init; } = "";

        /// <summary>What the vendor finds him by.</summary>
        public string[] FoundBy { get; init; } = [];
    }

    /// <summary>Every vendor that was told of the member, also of bookings that it refused; none for somebody who is no member, or was forgotten before.</summary>
    public async Task<IReadOnlyList<Copy>> CopiesAsync(NpgsqlTransaction transaction, Guid member, CancellationToken stop) => (await transaction.Connection!.QueryAsync<Copy>(new CommandDefinition(
        """
        SELECT connector, array_agg(DISTINCT found_by ORDER BY found_by) AS found_by
          FROM (SELECT id, @Memberson AS connector, 'customer ' || customer_number || coalesce(', member ' || member_no, '') AS found_by FROM club.member
                UNION ALL
                SELECT member, connector, 'booking ' || number || coalesce(', reference ' || reference, '') FROM club.booking WHERE connector IS NOT NULL
                UNION ALL
                SELECT b.member, @Stripe, coalesce(p.intent_id, p.session_id) FROM club.payment p JOIN club.booking b ON b.id = p.booking WHERE coalesce(p.intent_id, p.session_id) IS NOT NULL) AS told
         WHERE id = @member AND EXISTS (SELECT 1 FROM club.member WHERE id = @member AND sealed IS NOT NULL)
         GROUP BY connector ORDER BY connector
        """,
        new { member, Memberson = MembersonVendor.Word, Stripe = StripeVendor.Word }, transaction, cancellationToken: stop))).AsList();

    /// <summary>Once for each vendor.</summary>
    public async Task AskAsync(NpgsqlTransaction transaction, Guid member, CancellationToken stop)
    {
        foreach (var copy in await CopiesAsync(transaction, member, stop))
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO club.vendor_erasure (id, organization, member, connector, found_by, asked_at)
                SELECT @id, organization, id, @Connector, @FoundBy, @now FROM club.member WHERE id = @member
                ON CONFLICT DO NOTHING
                """,
                new { id = Guid.CreateVersion7(clock.GetUtcNow()), member, copy.Connector, copy.FoundBy, now = clock.GetUtcNow() }, transaction, cancellationToken: stop));
        }
    }
}
