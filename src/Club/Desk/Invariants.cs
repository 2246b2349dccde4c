using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Platform.Jobs;

namespace Rialto.Club.Desk;

/// <param name="Name">I1 to I11 of the club's reference; those that need the vendors' truth are judged by tests and by the nightly comparison.</param>
internal sealed record Invariant(string Name, string Meaning, string Sql);

internal sealed record Breach(string Invariant, string Subject, string Detail);

/// <summary>What must be true of the club's tables at every moment between transactions. Each query returns what breaks it: subject and detail.</summary>
internal static class Invariants
{
    public static readonly Invariant[] All =
    [
        new("I1", "The postings of a transfer add up to zero.",
            "SELECT transfer::text AS subject, sum(amount)::text AS detail FROM club.points_posting GROUP BY transfer HAVING sum(amount) <> 0"),
        new("I1b", "An account's balance is the sum of its postings.",
            """
            SELECT a.member || ' ' || a.kind AS subject, a.balance || ' <> ' || coalesce(sum(p.amount), 0) AS detail
              FROM club.points_account a LEFT JOIN club.points_posting p ON p.member = a.member AND p.account = a.kind
             GROUP BY a.member, a.kind, a.balance HAVING a.balance <> coalesce(sum(p.amount), 0)
            """),
        new("I2", "What can be spent and what is set aside are never below zero.",
            "SELECT member::text AS subject, kind || ' ' || balance AS detail FROM club.points_account WHERE balance < 0 AND kind <> 'vendor'"),
        new("I3", "What is set aside is the sum of the active holds.",
            """
            SELECT a.member::text AS subject, a.balance || ' <> ' || coalesce(sum(h.amount), 0) AS detail
              FROM club.points_account a LEFT JOIN club.points_hold h ON h.member = a.member AND h.state = 'active'
             WHERE a.kind = 'held' GROUP BY a.member, a.balance HAVING a.balance <> coalesce(sum(h.amount), 0)
            """),
        new("I4", "A booking by points has one hold, one by card has one payment, and none has the other's.",
            """
            SELECT b.id::text AS subject, b.pay || ' ' || b.state AS detail
              FROM club.booking b LEFT JOIN club.points_hold h ON h.booking = b.id LEFT JOIN club.payment p ON p.booking = b.id
             WHERE (b.pay = 'points') <> (p.booking IS NULL) OR b.pay = 'card' AND h.booking IS NOT NULL OR b.pay = 'points' AND h.booking IS NULL
            """),
        new("I6", "Points are captured if and only if the booking was confirmed.",
            """
            SELECT b.id::text AS subject, b.state || ' with a hold ' || h.state AS detail
              FROM club.booking b JOIN club.points_hold h ON h.booking = b.id
             WHERE (h.state = 'captured') <> (b.confirmed_at IS NOT NULL)
            """),
        new("I7", "Money is captured if and only if the booking is confirmed, or on its way back.",
            """
            SELECT b.id::text AS subject, b.state || ' with a payment ' || p.state AS detail
              FROM club.booking b JOIN club.payment p ON p.booking = b.id
             WHERE (p.state IN ('captured', 'refunding', 'refunded', 'disputed')) <> (b.confirmed_at IS NOT NULL)
                OR b.state = 'cancelled' AND b.confirmed_at IS NOT NULL AND p.state NOT IN ('refunding', 'refunded', 'disputed')
            """),
        new("I8", "Nothing settled has points set aside or a card authorised.",
            """
            SELECT b.id::text AS subject, b.state || coalesce(' hold ' || h.state, '') || coalesce(' payment ' || p.state, '') AS detail
              FROM club.booking b LEFT JOIN club.points_hold h ON h.booking = b.id LEFT JOIN club.payment p ON p.booking = b.id
             WHERE b.state IN ('confirmed', 'declined', 'expired', 'cancelled') AND (h.state = 'active' OR p.state IN ('open', 'authorised'))
            """),
        new("I9", "Nobody waits past a promise without having been told.",
            """
            SELECT b.id::text AS subject, b.state || ' promised ' || b.promise_by AS detail
              FROM club.booking b
             WHERE b.state NOT IN ('confirmed', 'declined', 'expired', 'cancelled', 'cancelling', 'awaiting-payment', 'needs-operator')
               AND b.promise_by < @now - interval '3 minutes'
               AND NOT EXISTS (SELECT 1 FROM club.message m WHERE m.booking = b.id AND m.at >= b.promise_by)
            """),
        new("I11", "Whoever was told that it is confirmed has a confirmed booking, and the other way round.",
            """
            SELECT b.id::text AS subject, b.state AS detail
              FROM club.booking b LEFT JOIN club.message m ON m.booking = b.id AND m.template = 'confirmed'
             WHERE (b.confirmed_at IS NOT NULL) <> (m.booking IS NOT NULL)
            """),
        new("I13", "A settled booking has no saga that still works, and an unsettled one has one or waits for an operator.",
            """
            SELECT b.id::text AS subject, b.state || ' with a saga ' || coalesce(r.state, 'missing') AS detail
              FROM club.booking b
              LEFT JOIN LATERAL (SELECT state FROM sagas.run r WHERE r.subject = b.id ORDER BY r.created_at DESC LIMIT 1) r ON true
             WHERE (b.state IN ('confirmed', 'declined', 'expired', 'cancelled')) <> (r.state IN ('done', 'undone'))
               AND b.state <> 'needs-operator'
            """),
        new("I14", "An item's reserved and sold numbers are those of its redemptions.",
            """
            SELECT i.id::text AS subject, 'reserved ' || i.reserved || ', sold ' || i.sold AS detail
              FROM club.item i LEFT JOIN club.booking b ON b.item = i.id
             GROUP BY i.id, i.reserved, i.sold
            HAVING i.sold <> coalesce(sum(b.quantity) FILTER (WHERE b.state = 'confirmed' OR b.state IN ('cancelling', 'needs-operator') AND b.confirmed_at IS NOT NULL), 0)
                OR i.reserved <> coalesce(sum(b.quantity) FILTER (WHERE b.confirmed_at IS NULL AND b.state NOT IN ('declined', 'expired', 'cancelled')), 0)
            """),
        new("I15", "What is written together is there together: nothing points at a member, a booking or a transfer that is missing or another's.",
            """
            SELECT b.id::text AS subject, 'a booking without what it points at' AS detail
              FROM club.booking b
             WHERE NOT EXISTS (SELECT 1 FROM club.member m WHERE m.id = b.member)
                OR b.experience IS NOT NULL AND NOT EXISTS (SELECT 1 FROM club.experience e WHERE e.id = b.experience)
                OR b.item IS NOT NULL AND NOT EXISTS (SELECT 1 FROM club.item i WHERE i.id = b.item)
            UNION ALL
            SELECT t.id::text, 'a transfer without its member' FROM club.points_transfer t WHERE NOT EXISTS (SELECT 1 FROM club.member m WHERE m.id = t.member)
            UNION ALL
            SELECT p.transfer::text, 'a posting without its transfer or account'
              FROM club.points_posting p
             WHERE NOT EXISTS (SELECT 1 FROM club.points_transfer t WHERE t.id = p.transfer)
                OR NOT EXISTS (SELECT 1 FROM club.points_account a WHERE a.member = p.member AND a.kind = p.account)
            UNION ALL
            SELECT h.booking::text, 'points set aside for no booking of their member'
              FROM club.points_hold h WHERE NOT EXISTS (SELECT 1 FROM club.booking b WHERE b.id = h.booking AND b.member = h.member)
            UNION ALL
            SELECT m.dedupe_key, 'a message about no booking of its member'
              FROM club.message m WHERE NOT EXISTS (SELECT 1 FROM club.booking b WHERE b.id = m.booking AND b.member = m.member)
            """),
    ];

    public static async Task<IReadOnlyList<Breach>> CheckAsync(NpgsqlDataSource postgres, DateTimeOffset now, CancellationToken stop)
    {
        var breaches = new List<Breach>();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        // All of them look at one and the same moment.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        foreach (var invariant in All)
        {
            var found = await connection.QueryAsync<(string Subject, string Detail)>(new CommandDefinition($"SELECT * FROM ({invariant.Sql}) AS broken LIMIT 100", new { now }, transaction, cancellationToken: stop));
            breaches.AddRange(found.Select(row => new Breach(invariant.Name, row.Subject, row.Detail)));
        }
        return breaches;
    }
}

internal sealed record CheckInvariants;

/// <summary>Every hour: what is broken is written down once and told in the log.</summary>
internal sealed partial class CheckInvariantsJob(NpgsqlDataSource postgres, TimeProvider clock, ILogger<CheckInvariantsJob> log) : IJob<CheckInvariants>
{
    private readonly ILogger _log = log;

    public async Task<JobOutcome> RunAsync(CheckInvariants arguments, JobRun run, CancellationToken stop)
    {
        var breaches = await Invariants.CheckAsync(postgres, clock.GetUtcNow(), stop);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        foreach (var breach in breaches)
        {
            var isNew = await connection.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO club.broken_invariant (invariant, subject, detail, found_at)
                SELECT @Invariant, @Subject, @Detail, @now
                 WHERE NOT EXISTS (SELECT 1 FROM club.broken_invariant WHERE invariant = @Invariant AND subject = @Subject)
                """,
                new { breach.Invariant, breach.Subject, breach.Detail, now = clock.GetUtcNow() }, cancellationToken: stop));
            if (isNew == 1) LogBroken(breach.Invariant, breach.Subject, breach.Detail);
        }
        return JobOutcome.Done(new { broken = breaches.Count });
    }

    [LoggerMessage(LogLevel.Error, "Invariant {Invariant} is broken by {Subject}: {Detail}")]
    private partial void LogBroken(string invariant, string subject, string detail);
}
