using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Club.Bookings;
using Rialto.Club.Vendors;
using Rialto.Platform.Jobs;

namespace Rialto.Club.Desk;

internal sealed record CompareMemberson;

/// <param name="Kind">missing-there, missing-here, amount or twice.</param>
internal sealed record Difference(string Receipt, string Kind, Guid? Booking, long Here, long There);

/// <summary>
/// I12: the points that this club has taken from a member are, receipt by receipt, those that Memberson has taken under Rialto's receipts. What both sides know of a booking
/// that is not settled yet is left for the next night.
/// </summary>
internal sealed partial class CompareMembersonJob(NpgsqlDataSource postgres, Memberson memberson, TimeProvider clock, ILogger<CompareMembersonJob> log) : IJob<CompareMemberson>
{
    public const string Name = "club.compare-memberson";

    /// <summary>After so many members in a row of whom nothing can be learned, the vendor is away, and the rest is not asked.</summary>
    private const int FailuresInARowMax = 5;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private readonly ILogger _log = log;

    public async Task<JobOutcome> RunAsync(CompareMemberson arguments, JobRun run, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM club.comparison WHERE began_at < @oldest; INSERT INTO club.comparison (id, began_at) VALUES (@id, @now)", new { id, now, oldest = now - Kept }, cancellationToken: stop));
        var (compared, skipped, found, failing) = (0, 0, 0, 0);
        foreach (var (member, memberNo) in await connection.QueryAsync<(Guid, string)>(new CommandDefinition(
            "SELECT m.id, m.member_no FROM club.member m WHERE m.member_no IS NOT NULL AND EXISTS (SELECT 1 FROM club.booking b WHERE b.member = m.id AND b.pay = 'points') ORDER BY m.id", cancellationToken: stop)))
        {
            if (failing >= FailuresInARowMax || await CompareAsync(connection, member, memberNo, stop) is not { } differences)
            {
                (skipped, failing) = (skipped + 1, failing + 1);
                continue;
            }
            (compared, found, failing) = (compared + 1, found + differences.Count, 0);
            foreach (var one in differences)
            {
                await connection.ExecuteAsync(new CommandDefinition(
                    "INSERT INTO club.comparison_difference (comparison, member, receipt, kind, booking, here, there) VALUES (@id, @member, @Receipt, @Kind, @Booking, @Here, @There)",
                    new { id, member, one.Receipt, one.Kind, one.Booking, one.Here, one.There }, cancellationToken: stop));
                LogDifference(one.Receipt, one.Kind, one.Here, one.There);
            }
        }
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE club.comparison SET ended_at = @ended, members = @compared, skipped = @skipped WHERE id = @id", new { id, ended = clock.GetUtcNow(), compared, skipped }, cancellationToken: stop));
        return JobOutcome.Done(new { compared, skipped, found });
    }

    /// <summary>Receipt by receipt; a sum that fits by chance hides nothing.</summary>
    internal static IReadOnlyList<Difference> Differences(IReadOnlyDictionary<string, (Guid Booking, long Amount, bool Settled)> here, IEnumerable<Redemption> there)
    {
        var differences = new List<Difference>();
        var told = there.Where(one => one.Receipt.StartsWith(Booking.ReceiptPrefix, StringComparison.Ordinal)).ToLookup(one => one.Receipt, one => one.Amount);
        foreach (var (receipt, (booking, amount, settled)) in here)
        {
            if (!settled) continue;
            var taken = told[receipt].Sum();
            var kind = told[receipt].Count() switch { 0 when amount > 0 => "missing-there", > 1 => "twice", _ => amount == 0 && taken > 0 ? "missing-here" : "amount" };
            if (taken != amount) differences.Add(new Difference(receipt, kind, booking, amount, taken));
        }
        differences.AddRange(told.Where(group => !here.ContainsKey(group.Key)).Select(group => new Difference(group.Key, "missing-here", null, 0, group.Sum())));
        return differences;
    }

    /// <summary>Null when the vendor tells nothing.</summary>
    private async Task<IReadOnlyList<Difference>?> CompareAsync(NpgsqlConnection connection, Guid member, string memberNo, CancellationToken stop)
    {
        // The vendor first: what is taken in between is unsettled here or not there yet, and either is left for the next night.
        var (answer, there) = await memberson.RedemptionsAsync(memberNo, stop);
        if (!answer.IsOk) return null;
        var here = await connection.QueryAsync<(Guid Id, long Amount, bool Settled)>(new CommandDefinition(
            """
            SELECT id, CASE WHEN confirmed_at IS NULL THEN 0 ELSE amount_points END,
                   coalesce(confirmed_at, updated_at) < @before AND (confirmed_at IS NOT NULL OR state IN ('declined', 'expired', 'cancelled'))
              FROM club.booking WHERE member = @member AND pay = 'points'
            """,
            new { member, before = clock.GetUtcNow() - TimeSpan.FromMinutes(5) }, cancellationToken: stop));
        return Differences(here.ToDictionary(row => Booking.ReceiptOf(row.Id), row => (row.Id, row.Amount, row.Settled)), there);
    }

    [LoggerMessage(LogLevel.Error, "Receipt {Receipt} differs from Memberson's ({Kind}): {Here} points here, {There} there")]
    private partial void LogDifference(string receipt, string kind, long here, long there);
}
