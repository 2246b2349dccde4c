using Dapper;
using Npgsql;

namespace Rialto.Platform.Configuration;

/// <summary>One revision of a document.</summary>
internal sealed class Revision
{
    public required long Id { get; init; }
    public required string Name { get; init; }

    /// <summary>draft, valid, active or retired.</summary>
    public required string State { get; init; }

    public required string Body { get; init; }
    public string? Note { get; init; }
    public required string[] Problems { get; init; }
    public required string Author { get; init; }
    public string? ActivatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ActivatedAt { get; init; }
}

/// <summary>Told in the transaction that changes what is in force: the revision before, and the one from now on.</summary>
internal delegate Task RevisionTold(NpgsqlConnection connection, Revision? before, Revision after);

/// <summary>The life of a revision: draft → valid → active → retired, and back to active by a rollback.</summary>
internal sealed class Revisions(NpgsqlDataSource postgres, ConfigurationStore store, TimeProvider clock)
{
    private const string Columns = "id, name, state, body::text AS body, note, problems, author, activated_by, created_at, activated_at";

    public async Task<IReadOnlyList<Revision>> HistoryAsync(string name, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return (await connection.QueryAsync<Revision>($"SELECT {Columns} FROM configuration.revision WHERE name = @name ORDER BY id DESC LIMIT 100", new { name })).AsList();
    }

    /// <summary>Stores a draft, checked at once: it is valid, or its problems stand beside it.</summary>
    public async Task<Revision> DraftAsync(string name, string body, string? note, string author, CancellationToken stop)
    {
        var problems = store.Find(name)!.Problems(body).ToArray();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleAsync<Revision>(
            $"""
             INSERT INTO configuration.revision (name, state, body, note, problems, author, created_at)
             VALUES (@name, @state, @body::jsonb, @note, @problems, @author, @now)
             RETURNING {Columns}
             """,
            new { name, state = problems.Length == 0 ? "valid" : "draft", body, note, problems, author, now = clock.GetUtcNow() });
    }

    /// <summary>Makes a valid or an earlier revision the active one. Null when there is no such revision or it may not be activated.</summary>
    public async Task<Revision?> ActivateAsync(string name, long id, string by, CancellationToken stop, RevisionTold? tell = null)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // Two who activate at once come one after the other; the unique index would refuse the second otherwise.
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtext('configuration:' || @name))", new { name }, transaction);
        var wanted = await connection.QuerySingleOrDefaultAsync<Revision>(
            $"SELECT {Columns} FROM configuration.revision WHERE id = @id AND name = @name AND state IN ('valid', 'retired')", new { id, name }, transaction);
        // What was valid for an earlier binary may not be for this one.
        if (wanted is null || store.Find(name)!.Problems(wanted.Body).Count > 0) return null;
        var before = await connection.QuerySingleOrDefaultAsync<Revision>(
            $"UPDATE configuration.revision SET state = 'retired' WHERE name = @name AND state = 'active' RETURNING {Columns}", new { name }, transaction);
        var active = await connection.QuerySingleAsync<Revision>(
            $"UPDATE configuration.revision SET state = 'active', activated_by = @by, activated_at = @now WHERE id = @id RETURNING {Columns}",
            new { id, by, now = clock.GetUtcNow() }, transaction);
        if (tell is not null) await tell(connection, before, active);
        await transaction.CommitAsync(stop);
        await store.ReadAsync(stop);
        return active;
    }

    /// <summary>Goes back to the revision that was active before the present one. Null when there is none.</summary>
    public async Task<Revision?> RollBackAsync(string name, string by, CancellationToken stop, RevisionTold? tell = null)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var before = await connection.QuerySingleOrDefaultAsync<long?>(
            "SELECT id FROM configuration.revision WHERE name = @name AND state = 'retired' ORDER BY activated_at DESC, id DESC LIMIT 1", new { name });
        return before is { } id ? await ActivateAsync(name, id, by, stop, tell) : null;
    }
}
