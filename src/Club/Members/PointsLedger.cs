using Dapper;
using Npgsql;
using Rialto.Club.Vendors;

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
        if (change != 0) await TransferAsync(transaction, member, "sync", null, "vendor", "available", change, now, stop);
    }

    /// <summary>Sets points aside for a booking; false when there are not enough.</summary>
    public static async Task<bool> HoldAsync(NpgsqlTransaction transaction, Guid member, Guid booking, long amount, DateTimeOffset now, CancellationToken stop)
    {
        var available = await LockAsync(transaction, member, stop);
        if (available < amount) return false;
        await TransferAsync(transaction, member, "hold", booking, "available", "held", amount, now, stop,
            "INSERT INTO club.points_hold (booking, member, amount, state, at) VALUES (@booking, @member, @amount, 'active', @now);");
        return true;
    }

    /// <summary>Gives what was set aside back.</summary>
    public static Task ReleaseAsync(NpgsqlTransaction transaction, Guid booking, DateTimeOffset now, CancellationToken stop) =>
        EndAsync(transaction, booking, "release", "released", "available", now, stop);

    /// <summary>What was set aside is spent: Memberson has taken it.</summary>
    public static Task CaptureAsync(NpgsqlTransaction transaction, Guid booking, DateTimeOffset now, CancellationToken stop) =>
        EndAsync(transaction, booking, "capture", "captured", "spent", now, stop);

    public static Task<long> AvailableAsync(NpgsqlTransaction transaction, Guid member, CancellationToken stop) =>
        transaction.Connection!.QuerySingleAsync<long>(new CommandDefinition(
            "SELECT balance FROM club.points_account WHERE member = @member AND kind = 'available'", new { member }, transaction, cancellationToken: stop));

    private static async Task EndAsync(NpgsqlTransaction transaction, Guid booking, string kind, string state, string to, DateTimeOffset now, CancellationToken stop)
    {
        var hold = await transaction.Connection!.QuerySingleOrDefaultAsync<Hold>(new CommandDefinition(
            "UPDATE club.points_hold SET state = @state WHERE booking = @booking AND state = 'active' RETURNING member, amount", new { booking, state }, transaction, cancellationToken: stop));
        // Nothing was set aside, or it has been ended before.
        if (hold is null) return;
        await LockAsync(transaction, hold.Member, stop);
        await TransferAsync(transaction, hold.Member, kind, booking, "held", to, hold.Amount, now, stop);
    }

    /// <returns>What can be spent.</returns>
    private static Task<long> LockAsync(NpgsqlTransaction transaction, Guid member, CancellationToken stop) => transaction.Connection!.QuerySingleAsync<long>(new CommandDefinition(
        """
        INSERT INTO club.points_account (member, kind) SELECT @member, unnest(ARRAY['available', 'held', 'spent', 'vendor']) ON CONFLICT DO NOTHING;
        SELECT balance FROM (SELECT kind, balance FROM club.points_account WHERE member = @member ORDER BY kind FOR UPDATE) AS locked WHERE kind = 'available';
        """,
        new { member }, transaction, cancellationToken: stop));

    /// <param name="also">Another statement over the same parameters, in the same round trip; a constant of this file.</param>
    private static Task TransferAsync(
        NpgsqlTransaction transaction, Guid member, string kind, Guid? booking, string from, string to, long amount, DateTimeOffset now, CancellationToken stop, string also = "") =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            also +
            """
            INSERT INTO club.points_transfer (id, member, kind, booking, at) VALUES (@id, @member, @kind, @booking, @now);
            INSERT INTO club.points_posting (transfer, member, account, amount) VALUES (@id, @member, @from, -@amount), (@id, @member, @to, @amount);
            UPDATE club.points_account SET balance = balance + CASE kind WHEN @from THEN -@amount ELSE @amount END WHERE member = @member AND kind IN (@from, @to);
            """,
            new { id = Guid.CreateVersion7(now), member, kind, booking, from, to, amount, now }, transaction, cancellationToken: stop));

    private sealed class Known
    {
        public DateTimeOffset? PointsAsOf { get; init; }
        public DateTimeOffset? LastCapture { get; init; }
        public required long Available { get; init; }
        public required long Held { get; init; }
    }

    private sealed class Hold
    {
        public required Guid Member { get; init; }
        public required long Amount { get; init; }
    }
}
