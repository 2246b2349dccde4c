using Dapper;
using Npgsql;
using Rialto.Club.Vendors;
using Rialto.Platform.Postgres;
using Rialto.Platform.Sagas;

namespace Rialto.Club.Members;

/// <summary>
/// A member's points in double entry. Memberson's balance is the truth about what he owns; what is set aside here comes off it, so that two phones cannot
/// spend the same points. What he spends at a till meanwhile no ledger here can know: Memberson's redemption is the judge.
/// </summary>
internal static class PointsLedger
{
    /// <summary>Makes what can be spent follow what Memberson said, less what is set aside.</summary>
    /// <param name="askedAt">Before the call began: an answer that may be from before a redemption of ours counts for nothing.</param>
    public static async Task SyncAsync(NpgsqlTransaction transaction, Guid member, Membership active, DateTimeOffset askedAt, DateTimeOffset now, CancellationToken stop)
    {
        var connection = transaction.Connection!;
        await LockAsync(transaction, member, stop);
        var known = await connection.QuerySingleAsync<Known>(new CommandDefinition(
            """
            SELECT points_as_of,
                   (SELECT max(at) FROM club.points_transfer WHERE member = @member AND kind = 'capture') AS last_capture,
                   (SELECT balance FROM club.points_account WHERE member = @member AND kind = 'available') AS available,
                   (SELECT balance FROM club.points_account WHERE member = @member AND kind = 'held') AS held
              FROM club.member WHERE id = @member
            """,
            new { member }, transaction, cancellationToken: stop));
        if (known.PointsAsOf >= askedAt || known.LastCapture >= askedAt) return;
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE club.member SET member_no = @MemberNo, tier = @Tier, point_type = coalesce(@PointType, point_type), vendor_points = @Points, points_as_of = @askedAt WHERE id = @member",
            new { member, active.MemberNo, active.Tier, active.PointType, active.Points, askedAt }, transaction, cancellationToken: stop));
        // A redemption under way may be in the vendor's balance already: then this is too low until it is captured, and never too high.
        var change = Math.Max(0, active.Points - known.Held) - known.Available;
        if (change == 0) return;
        await transaction.RunAsync([Transfer(member, "sync", null, "vendor", "available", change, now)], stop);
    }

    /// <summary>Sets points aside for a booking; false when there are not enough.</summary>
    public static async Task<bool> HoldAsync(SagaScope scope, Guid member, Guid booking, long amount, CancellationToken stop)
    {
        if (await LockAsync(scope.Transaction, member, stop) < amount) return false;
        scope.Write(
            new NpgsqlBatchCommand("INSERT INTO club.points_hold (booking, member, amount, state, at) VALUES ($1, $2, $3, 'active', $4)")
            {
                Parameters = { new() { Value = booking }, new() { Value = member }, new() { Value = amount }, new() { Value = scope.Now.UtcDateTime } },
            },
            Transfer(member, "hold", booking, "available", "held", amount, scope.Now));
        return true;
    }

    /// <summary>Gives what was set aside back.</summary>
    public static void Release(SagaScope scope, Guid member, Guid booking) => End(scope, member, booking, "release", "released", "available");

    /// <summary>What was set aside is spent: Memberson has taken it.</summary>
    public static void Capture(SagaScope scope, Guid member, Guid booking) => End(scope, member, booking, "capture", "captured", "spent");

    public static Task<long> AvailableAsync(NpgsqlTransaction transaction, Guid member, CancellationToken stop) =>
        transaction.Connection!.QuerySingleAsync<long>(new CommandDefinition(
            "SELECT balance FROM club.points_account WHERE member = @member AND kind = 'available'", new { member }, transaction, cancellationToken: stop));

    /// <summary>Nothing, when nothing was set aside or it has been ended before.</summary>
    private static void End(SagaScope scope, Guid member, Guid booking, string kind, string state, string to) => scope.Write(
        new NpgsqlBatchCommand(Lock) { Parameters = { new() { Value = member } } },
        new NpgsqlBatchCommand(
            """
            WITH ended AS (
                UPDATE club.points_hold SET state = $3 WHERE booking = $2 AND member = $1 AND state = 'active' RETURNING amount
            ), moved AS (
                INSERT INTO club.points_transfer (id, member, kind, booking, at) SELECT $4, $1, $5, $2, $7 FROM ended
            ), posted AS (
                INSERT INTO club.points_posting (transfer, member, account, amount)
                SELECT $4, $1, 'held', -amount FROM ended UNION ALL SELECT $4, $1, $6, amount FROM ended
            )
            UPDATE club.points_account SET balance = balance + CASE kind WHEN 'held' THEN -amount ELSE amount END FROM ended WHERE member = $1 AND kind IN ('held', $6)
            """)
        {
            Parameters =
            {
                new() { Value = member }, new() { Value = booking }, new() { Value = state }, new() { Value = Guid.CreateVersion7(scope.Now) }, new() { Value = kind }, new() { Value = to },
                new() { Value = scope.Now.UtcDateTime },
            },
        });

    /// <summary>Whoever changes any of a member's accounts holds the lock of this one.</summary>
    private const string Lock = "SELECT balance FROM club.points_account WHERE member = $1 AND kind = 'available' FOR UPDATE";

    /// <returns>What can be spent.</returns>
    private static async Task<long> LockAsync(NpgsqlTransaction transaction, Guid member, CancellationToken stop)
    {
        while (true)
        {
            await using var command = new NpgsqlCommand(Lock, transaction.Connection, transaction) { Parameters = { new() { Value = member } } };
            if (await command.ExecuteScalarAsync(stop) is long balance) return balance;
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                "INSERT INTO club.points_account (member, kind) SELECT @member, unnest(ARRAY['available', 'held', 'spent', 'vendor']) ON CONFLICT DO NOTHING",
                new { member }, transaction, cancellationToken: stop));
        }
    }

    private static NpgsqlBatchCommand Transfer(Guid member, string kind, Guid? booking, string from, string to, long amount, DateTimeOffset now) => new(
        """
        WITH moved AS (
            INSERT INTO club.points_transfer (id, member, kind, booking, at) VALUES ($1, $2, $3, $4, $8)
        ), posted AS (
            INSERT INTO club.points_posting (transfer, member, account, amount) VALUES ($1, $2, $5, -$7), ($1, $2, $6, $7)
        )
        UPDATE club.points_account SET balance = balance + CASE kind WHEN $5 THEN -$7 ELSE $7 END WHERE member = $2 AND kind IN ($5, $6)
        """)
    {
        Parameters =
        {
            new() { Value = Guid.CreateVersion7(now) }, new() { Value = member }, new() { Value = kind }, Parameter.Uuid(booking),
            new() { Value = from }, new() { Value = to }, new() { Value = amount }, new() { Value = now.UtcDateTime },
        },
    };

    private sealed class Known
    {
        public DateTimeOffset? PointsAsOf { get; init; }
        public DateTimeOffset? LastCapture { get; init; }
        public required long Available { get; init; }
        public required long Held { get; init; }
    }
}
