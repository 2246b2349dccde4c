using Npgsql;
using Rialto.Club.Vendors;

namespace Rialto.Club.Members;

/// <param name="Points">Memberson's balance.</param>
internal sealed record KnownPoints(string MemberNo, string Tier, long Points, string? PointType);

/// <summary>A member's points as Memberson told them last, carried into the ledger whenever it tells again.</summary>
internal sealed class MemberPoints(NpgsqlDataSource postgres, Memberson memberson, Snapshots snapshots, TimeProvider clock)
{
    private static string Key(Member member) => "summary:" + member.CustomerNumber;

    /// <summary>For a decision: waits for Memberson when nothing fresh is known, up to the deadline.</summary>
    public Task<Part<KnownPoints>> GetAsync(Member member) => ReadAsync(member, atOnce: false);

    /// <summary>For a page: something recent is shown at once, with its age.</summary>
    public Task<Part<KnownPoints>> ShowAsync(Member member) => ReadAsync(member, atOnce: true);

    private async Task<Part<KnownPoints>> ReadAsync(Member member, bool atOnce)
    {
        var part = await snapshots.GetAsync(MembersonVendor.Word, Key(member), stop => AskAsync(member, stop), atOnce);
        // What was told when he signed in is better than nothing.
        return part.Data is null && member is { MemberNo: { } number, VendorPoints: { } points }
            ? new Part<KnownPoints>("stale", member.PointsAsOf, new KnownPoints(number, member.Tier ?? "", points, member.PointType))
            : part;
    }

    private async Task<(Platform.Connectors.VendorAnswer, KnownPoints?)> AskAsync(Member member, CancellationToken stop)
    {
        var askedAt = clock.GetUtcNow();
        var (answer, active) = await memberson.SummaryAsync(member.CustomerNumber, stop);
        if (active is null) return (answer, null);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await PointsLedger.SyncAsync(transaction, member.Id, active, askedAt, clock.GetUtcNow(), stop);
        await transaction.CommitAsync(stop);
        return (answer, new KnownPoints(active.MemberNo, active.Tier, active.Points, active.PointType));
    }
}
