using System.Text.Json;
using Dapper;
using Npgsql;
using Rialto.Platform.Identity.PersonalData;

namespace Rialto.Platform.Audit;

/// <summary>
/// What the audit keeps of a person: what he did, and what was done to his account. Erasing takes his name and address from his entries and the contents from those
/// about him; that something was done, when and by which id stays, and the chain verifies. Entries of the first form are put into the second before.
/// </summary>
internal sealed class AuditPersonalData(AuditLog audit) : IKeepPersonalData
{
    private sealed record Entry
    {
        public DateTimeOffset At { get; init; }
        public string Action { get; init; } = "";
        public string Target { get; init; } = "";
        public string? Before { get; init; }
        public string? After { get; init; }
        public string? Address { get; init; }
    }

    public async Task<object?> CollectAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop)
    {
        var done = await ReadAsync("actor_id = @actor", person, transaction, stop);
        // In entries about him the address is that of who did it.
        var about = await ReadAsync("target = ANY(@targets) AND actor_id <> @actor", person, transaction, stop);
        return done.Count + about.Count == 0 ? null : new { done, about = about.Select(entry => entry with { Address = null }) };
    }

    private static async Task<IReadOnlyList<Entry>> ReadAsync(string which, Guid person, NpgsqlTransaction transaction, CancellationToken stop) =>
        (await transaction.Connection!.QueryAsync<Entry>(new CommandDefinition(
            $"SELECT at, action, target, before, after, address FROM audit.full_entry WHERE {which} ORDER BY sequence", new { actor = person.ToString(), targets = TargetsOf(person) }, transaction, cancellationToken: stop)))
        .AsList();

    public async Task<IReadOnlyList<Stays>> StaysAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop)
    {
        var entries = await transaction.Connection!.QuerySingleAsync<long>(new CommandDefinition(
            "SELECT count(*) FROM audit.entry WHERE actor_id = @actor OR target = ANY(@targets)", new { actor = person.ToString(), targets = TargetsOf(person) }, transaction, cancellationToken: stop));
        return entries == 0 ? [] :
        [
            new Stays("audit-entries", $"That {entries} things were done by this id or to it, and when, stays for good, because the audit must verify. Name, address and what was changed about the person go.",
                Values: new Dictionary<string, string> { ["count"] = $"{entries}" }),
            new Stays("audit-texts", "What others wrote about other things, for example a note to a configuration, is not searched for the name and stays for good."),
        ];
    }

    public async Task<Stays?> EraseAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop)
    {
        await ResealAsync(person, transaction, stop);
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            DELETE FROM audit.actor WHERE sequence IN (SELECT sequence FROM audit.entry WHERE actor_id = @actor);
            -- Why he was erased is what the erasure's own entry is for.
            DELETE FROM audit.change WHERE sequence IN (SELECT sequence FROM audit.entry WHERE target = ANY(@targets) AND action <> @Erasure);
            """,
            new { actor = person.ToString(), targets = TargetsOf(person), AuditChain.Erasure }, transaction, cancellationToken: stop));
        return null;
    }

    private async Task ResealAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop)
    {
        var connection = transaction.Connection!;
        var old = (await connection.QueryAsync<AuditRow>(new CommandDefinition(
            "SELECT * FROM audit.full_entry WHERE actor_commitment IS NULL AND (actor_id = @actor OR target = ANY(@targets)) ORDER BY sequence",
            new { actor = person.ToString(), targets = TargetsOf(person) }, transaction, cancellationToken: stop))).AsList();
        foreach (var row in old)
        {
            var (record, hash) = AuditChain.InSecondForm(row.ToRecord());
            await audit.AppendAsync(connection, new AuditEntry
            {
                Action = AuditChain.Reseal, Target = $"entry:{record.Sequence}", ActorId = "system", ActorName = "system", Organization = record.Entry.Organization,
                After = JsonSerializer.Serialize(new { hash = Convert.ToHexStringLower(hash) }),
            }, stop);
            await connection.ExecuteAsync(new CommandDefinition(
                """
                UPDATE audit.entry SET actor_commitment = @actor, change_commitment = @change, actor_name = NULL, address = NULL, before = NULL, after = NULL WHERE sequence = @Sequence;
                INSERT INTO audit.actor (sequence, salt, name, address) VALUES (@Sequence, @actorSalt, @ActorName, @Address);
                INSERT INTO audit.change (sequence, salt, before, after) SELECT @Sequence, @changeSalt, @Before, @After WHERE @changeSalt::bytea IS NOT NULL;
                """,
                new
                {
                    record.Sequence, actor = record.Actor!.Hash, actorSalt = record.Actor.Salt, change = record.Change?.Hash, changeSalt = record.Change?.Salt,
                    record.Entry.ActorName, record.Entry.Address, record.Entry.Before, record.Entry.After,
                },
                transaction, cancellationToken: stop));
        }
    }

    private static string[] TargetsOf(Guid person) => ["user:" + person, "member:" + person];
}
