using System.Text.Json.Serialization;
using Dapper;
using Npgsql;
using Rialto.Platform.Identity.PersonalData;

namespace Rialto.Club.Members;

/// <summary>
/// What the club keeps of a member, and of who works at its desk. Erasing waits until no booking of his is under way or ahead, because the
/// vendor is told his name until then. Amounts, points and what was booked stay for the books and say nothing of who it was; for what the vendors keep the desk gets a task.
/// </summary>
internal sealed class MemberPersonalData(MemberNames names, VendorErasures vendors, TimeProvider clock) : IKeepPersonalData
{
    private sealed record Profile
    {
        public string CustomerNumber { get; init; } = "";
        public string? MemberNo { get; init; }

        [JsonIgnore]
        public byte[]? Sealed { get; init; }

        public string Name { get; set; } = "";
        public string Email { get; set; } = "";
        public string? Tier { get; init; }
        public DateTimeOffset LastSignIn { get; init; }
    }

    private sealed record Booked
    {
        public long Number { get; init; }
        public string Title { get; init; } = "";
        public string State { get; init; } = "";
        public int Quantity { get; init; }
        public long? AmountPoints { get; init; }
        public long? AmountMinor { get; init; }
        public string? Currency { get; init; }
        public string? Reference { get; init; }
        public DateTimeOffset? StartsAt { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
    }

    private sealed record Told
    {
        public string Text { get; init; } = "";
        public DateTimeOffset At { get; init; }
    }

    private sealed record Transfer
    {
        public string Kind { get; init; } = "";
        public string Account { get; init; } = "";
        public long Amount { get; init; }
        public DateTimeOffset At { get; init; }
    }

    private sealed record Action
    {
        public string What { get; init; } = "";
        public string? Reason { get; init; }
        public DateTimeOffset At { get; init; }
    }

    public async Task<object?> CollectAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop)
    {
        await using var rows = await transaction.Connection!.QueryMultipleAsync(new CommandDefinition(
            """
            SELECT customer_number, member_no, sealed, tier, last_sign_in FROM club.member WHERE id = @person;
            SELECT number, title, state, quantity, amount_points, amount_minor, currency, reference, starts_at, created_at FROM club.booking WHERE member = @person ORDER BY number;
            SELECT text, at FROM club.message WHERE member = @person ORDER BY at;
            SELECT t.kind, p.account, p.amount, t.at FROM club.points_transfer t JOIN club.points_posting p ON p.transfer = t.id WHERE t.member = @person ORDER BY t.at, t.id, p.account;
            SELECT what, reason, at FROM club.operator_action WHERE who = @person ORDER BY id;
            """,
            new { person }, transaction, cancellationToken: stop));
        var member = await rows.ReadSingleOrDefaultAsync<Profile>();
        if (member is not null) (member.Name, _, _, member.Email) = names.Open(person, member.Sealed);
        var (bookings, messages, points, actions) = (await rows.ReadAsync<Booked>(), await rows.ReadAsync<Told>(), await rows.ReadAsync<Transfer>(), (await rows.ReadAsync<Action>()).AsList());
        return member is null && actions.Count == 0 ? null : new { member, bookings, messages, points, actions };
    }

    public async Task<IReadOnlyList<Stays>> StaysAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop)
    {
        var booked = await transaction.Connection!.QuerySingleAsync<long>(new CommandDefinition("SELECT count(*) FROM club.booking WHERE member = @person", new { person }, transaction, cancellationToken: stop));
        var copies = await vendors.CopiesAsync(transaction, person, stop);
        return
        [
            .. booked == 0 ? (IEnumerable<Stays>)[] :
            [
                new Stays("bookings", $"What was booked, in {booked} bookings, with points and amounts, stays for the books as long as your law asks for it. It says nothing of who it was.",
                    Values: new Dictionary<string, string> { ["count"] = $"{booked}" }),
            ],
            .. copies.Select(copy => new Stays("vendor-copy",
                $"The vendor {copy.Connector} has a copy of its own and no call by which it could be erased from here. With the erasure the club's desk gets the task to ask for it (Erasures); until it is done, the vendor's own numbers of this person are kept with the task.",
                Values: new Dictionary<string, string> { ["vendor"] = copy.Connector })),
        ];
    }

    public async Task<Stays?> EraseAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop)
    {
        var open = await transaction.Connection!.QuerySingleAsync<(long Count, DateTimeOffset? Last)>(new CommandDefinition(
            """
            SELECT count(*), max(starts_at) FROM club.booking
             WHERE member = @person AND (state NOT IN ('confirmed', 'declined', 'expired', 'cancelled') OR state = 'confirmed' AND starts_at > @now)
            """,
            new { person, now = clock.GetUtcNow() }, transaction, cancellationToken: stop));
        if (open.Count > 0)
        {
            return new Stays("open-bookings", $"{open.Count} bookings of this member are under way or ahead, and the venue is told the name until then. Cancel them, or wait.", open.Last,
                new Dictionary<string, string> { ["count"] = $"{open.Count}" });
        }
        await vendors.AskAsync(transaction, person, stop);
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            UPDATE club.member
               SET customer_number = 'erased:' || id, member_no = NULL, sealed = NULL, search = '{}', tier = NULL
             WHERE id = @person;
            UPDATE club.message SET text = '' WHERE member = @person;
            -- What the desk wrote about him.
            UPDATE club.operator_action SET reason = NULL WHERE booking IN (SELECT id FROM club.booking WHERE member = @person);
            UPDATE club.point_change SET reason = '' WHERE member = @person;
            -- What he did at the desk.
            UPDATE club.operator_action SET name = '' WHERE who = @person;
            UPDATE club.point_change SET proposed_name = '' WHERE proposed_by = @person;
            UPDATE club.point_change SET approved_name = '' WHERE approved_by = @person;
            """,
            new { person }, transaction, cancellationToken: stop));
        return null;
    }
}
