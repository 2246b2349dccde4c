using System.Collections.Concurrent;
using System.Text;
using Dapper;
using Npgsql;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Secrets;

/// <summary>What may be shown of a secret: never its text.</summary>
public sealed class SecretInfo
{
    public required string Name { get; init; }
    public required int Version { get; init; }
    public required bool HasPrevious { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
}

/// <summary>A column of another area whose values are sealed; <see cref="SecretStore.RewrapAsync"/> must not forget it. All texts are constants of the code.</summary>
/// <param name="Table">With its schema.</param>
/// <param name="Id">The column that tells the rows apart.</param>
/// <param name="Column">Holds the sealed bytes.</param>
/// <param name="Purpose">What they are sealed for, together with the row's id.</param>
public sealed record SealedColumn(string Table, string Id, string Column, string Purpose);

/// <summary>Told in the transaction that changes a secret: its version before, null when it is new, and its version from now on.</summary>
public delegate Task SecretTold(NpgsqlConnection connection, int? before, int after);

/// <summary>
/// Secrets by name, sealed in the database. A changed secret is told to all nodes; what is held in memory is forgotten after half a minute anyway,
/// and at once when a vendor refuses it.
/// </summary>
public sealed class SecretStore : IDisposable
{
    private static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(30);

    private readonly NpgsqlDataSource _postgres;
    private readonly TimeProvider _clock;
    private readonly Lazy<Envelope> _envelope;
    private readonly IDisposable _subscription;
    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);
    private readonly SealedColumn[] _columns;

    internal SecretStore(NpgsqlDataSource postgres, TimeProvider clock, Notifications notifications, Func<KeyRing> ring, IEnumerable<SealedColumn>? columns = null)
    {
        (_postgres, _clock, _columns) = (postgres, clock, [.. columns ?? []]);
        _envelope = new Lazy<Envelope>(() => new Envelope(ring()));
        _subscription = notifications.Subscribe(Notifications.Secrets, _held.Clear);
    }

    private sealed record Held(SecretText? Text, long ReadAt);

    /// <summary>The secret's present text, or null when there is none.</summary>
    public async ValueTask<SecretText?> FindAsync(SecretReference reference, CancellationToken stop)
    {
        if (_held.TryGetValue(reference.Name, out var held) && _clock.GetElapsedTime(held.ReadAt) < HeldFor) return held.Text;
        var readAt = _clock.GetTimestamp();
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        var row = await connection.QuerySingleOrDefaultAsync<SealedRow>(
            "SELECT version, sealed FROM secrets.secret WHERE name = @Name AND state = 'current'", new { reference.Name });
        var text = row is null ? null : new SecretText(Encoding.UTF8.GetString(_envelope.Value.Open(row.Sealed, Purpose(reference.Name, row.Version))));
        _held[reference.Name] = new Held(text, readAt);
        return text;
    }

    /// <summary>A vendor refused it: the next reading asks the database.</summary>
    public void Forget(SecretReference reference) => _held.TryRemove(reference.Name, out _);

    /// <summary>Makes this the secret's present text; the text before is kept for <see cref="RollBackAsync"/>.</summary>
    public async Task PutAsync(string name, string text, string by, CancellationToken stop, SecretTold? tell = null)
    {
        if (!SecretReference.IsName(name)) throw new ArgumentException("The name of a secret is lower-case words with dots, slashes and dashes.", nameof(name));
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await LockAsync(connection, name, transaction);
        var version = await connection.QuerySingleAsync<int>("SELECT coalesce(max(version), 0) + 1 FROM secrets.secret WHERE name = @name", new { name }, transaction);
        await connection.ExecuteAsync(
            """
            DELETE FROM secrets.secret WHERE name = @name AND state = 'previous';
            UPDATE secrets.secret SET state = 'previous' WHERE name = @name;
            INSERT INTO secrets.secret (name, version, state, sealed, created_at, created_by) VALUES (@name, @version, 'current', @bytes, @now, @by);
            """,
            new { name, version, bytes = _envelope.Value.Seal(Encoding.UTF8.GetBytes(text), Purpose(name, version)), now = _clock.GetUtcNow(), by }, transaction);
        if (tell is not null) await tell(connection, version > 1 ? version - 1 : null, version);
        await transaction.CommitAsync(stop);
        _held.TryRemove(name, out _);
    }

    /// <summary>Makes the text before the present one again and drops the present one; false when there is none before.</summary>
    public async Task<bool> RollBackAsync(string name, CancellationToken stop, SecretTold? tell = null)
    {
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await LockAsync(connection, name, transaction);
        var previous = await connection.QuerySingleOrDefaultAsync<int?>("SELECT version FROM secrets.secret WHERE name = @name AND state = 'previous'", new { name }, transaction);
        if (previous is null) return false;
        var dropped = await connection.QuerySingleOrDefaultAsync<int?>("DELETE FROM secrets.secret WHERE name = @name AND state = 'current' RETURNING version", new { name }, transaction);
        await connection.ExecuteAsync("UPDATE secrets.secret SET state = 'current' WHERE name = @name AND version = @previous", new { name, previous }, transaction);
        if (tell is not null) await tell(connection, dropped, previous.Value);
        await transaction.CommitAsync(stop);
        _held.TryRemove(name, out _);
        return true;
    }

    public async Task<IReadOnlyList<SecretInfo>> ListAsync(CancellationToken stop)
    {
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        return (await connection.QueryAsync<SecretInfo>(
            """
            SELECT name, version, created_at, created_by,
                   EXISTS (SELECT 1 FROM secrets.secret p WHERE p.name = s.name AND p.state = 'previous') AS has_previous
              FROM secrets.secret s WHERE state = 'current' ORDER BY name
            """)).AsList();
    }

    /// <summary>Puts every secret under the ring's first key; after it the old keys can be dropped. Returns how many were re-wrapped.</summary>
    public async Task<int> RewrapAsync(CancellationToken stop)
    {
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        var rows = await connection.QueryAsync<SealedRow>("SELECT name, version, sealed FROM secrets.secret");
        var count = 0;
        foreach (var row in rows)
        {
            if (_envelope.Value.Rewrap(row.Sealed, Purpose(row.Name, row.Version)) is not { } fresh) continue;
            count += await connection.ExecuteAsync(
                "UPDATE secrets.secret SET sealed = @fresh WHERE name = @Name AND version = @Version AND sealed = @Sealed",
                new { fresh, row.Name, row.Version, row.Sealed });
        }
        foreach (var column in _columns) count += await RewrapColumnAsync(connection, column);
        return count;
    }

    /// <summary>Seals bytes that live in another area's table, bound to their row.</summary>
    public byte[] Seal(ReadOnlySpan<byte> content, SealedColumn column, Guid row) => _envelope.Value.Seal(content, Purpose(column, row));

    public byte[] Open(ReadOnlySpan<byte> bytes, SealedColumn column, Guid row) => _envelope.Value.Open(bytes, Purpose(column, row));

    private async Task<int> RewrapColumnAsync(NpgsqlConnection connection, SealedColumn column)
    {
        var count = 0;
        var rows = await connection.QueryAsync<(Guid Id, byte[] Sealed)>($"SELECT {column.Id}, {column.Column} FROM {column.Table} WHERE {column.Column} IS NOT NULL");
        foreach (var row in rows)
        {
            if (_envelope.Value.Rewrap(row.Sealed, Purpose(column, row.Id)) is not { } fresh) continue;
            count += await connection.ExecuteAsync(
                $"UPDATE {column.Table} SET {column.Column} = @fresh WHERE {column.Id} = @Id AND {column.Column} = @Sealed", new { fresh, row.Id, row.Sealed });
        }
        return count;
    }

    public void Dispose() => _subscription.Dispose();

    private static Task LockAsync(NpgsqlConnection connection, string name, NpgsqlTransaction transaction) =>
        connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtext('secret:' || @name))", new { name }, transaction);

    private static string Purpose(string name, int version) => $"{name}:{version}";

    // Three parts, where a secret of its own has two: neither opens in the place of the other.
    private static string Purpose(SealedColumn column, Guid row) => $"column:{column.Purpose}:{row}";

    private sealed class SealedRow
    {
        public string Name { get; init; } = "";
        public required int Version { get; init; }
        public required byte[] Sealed { get; init; }
    }
}
