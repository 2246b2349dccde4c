using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Npgsql;
using NpgsqlTypes;
using Rialto.Contracts;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Outbox;

/// <summary>
/// Publishes events: in the transaction that makes them true, or not at all. A relay delivers each to each handler, at least once until the handler's own
/// transaction commits, and so with exactly one effect; in commit order for one key.
/// </summary>
public sealed class EventOutbox(TimeProvider clock)
{
    /// <summary>Each key takes a lock in the server's shared table until the transaction ends.</summary>
    public const int EventsOfOneCallMax = 1000;

    private const int KeyLengthMax = 200;
    private const long BodyBytesMax = 1 << 20;

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web);

    /// <summary>
    /// Writes the events into <paramref name="transaction"/>. Call it last before the commit, and once: from here on other transactions that publish
    /// the same keys wait for this one, which is what makes the order per key exact.
    /// </summary>
    public async Task PublishAsync(NpgsqlTransaction transaction, Origin by, IReadOnlyCollection<IBusinessEvent> events, CancellationToken stop = default)
    {
        if (events.Count == 0) return;
        await transaction.RunAsync(Publishing(by, events), stop);
    }

    /// <summary>What <see cref="PublishAsync(NpgsqlTransaction, Origin, IReadOnlyCollection{IBusinessEvent}, CancellationToken)"/> does, for who writes more in the same round trip.</summary>
    public IReadOnlyList<NpgsqlBatchCommand> Publishing(Origin by, params IReadOnlyCollection<IBusinessEvent> events)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(events.Count, EventsOfOneCallMax);
        return
        [
            // In one order for everybody, so that two publishers with several keys never wait for each other in a circle.
            new NpgsqlBatchCommand(
                """
                SELECT count(pg_advisory_xact_lock(hash))
                  FROM (SELECT DISTINCT hashtextextended(key, 7) AS hash FROM unnest($1::text[]) AS key ORDER BY hash) AS keys
                """)
            { Parameters = { Texts(events.Select(Key)) } },
            // A notification makes commits wait for each other: there is none when nobody handles these events.
            new NpgsqlBatchCommand(
                """
                WITH published AS (
                    INSERT INTO platform.envelope (id, type, key, organization, actor, at, trace_parent, body)
                    SELECT id, type, key, $5, $6, $7, $8, body::jsonb
                      FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS event(id, type, key, body, place)
                     ORDER BY place
                    RETURNING position, type, key
                ), exported AS (
                    INSERT INTO platform.event_export (position) SELECT position FROM published
                ), delivered AS (
                    INSERT INTO platform.delivery (handler, key, position)
                    SELECT subscription.handler, published.key, published.position FROM published JOIN platform.subscription USING (type)
                    RETURNING 1
                )
                SELECT pg_notify('rialto_outbox', '') WHERE EXISTS (SELECT 1 FROM delivered)
                """)
            {
                Parameters =
                {
                    new NpgsqlParameter { Value = events.Select(_ => Guid.CreateVersion7(clock.GetUtcNow())).ToArray() },
                    Texts(events.Select(happened => EventName.Of(happened.GetType()))),
                    Texts(events.Select(Key)),
                    Texts(events.Select(Body)),
                    new NpgsqlParameter { Value = (int)by.Organization },
                    new NpgsqlParameter { Value = by.Actor },
                    new NpgsqlParameter { Value = clock.GetUtcNow() },
                    Parameter.Text(Activity.Current?.Id),
                },
            },
        ];
    }

    /// <inheritdoc cref="PublishAsync(NpgsqlTransaction, Origin, IReadOnlyCollection{IBusinessEvent}, CancellationToken)"/>
    public Task PublishAsync(NpgsqlTransaction transaction, Origin by, IBusinessEvent happened, CancellationToken stop = default) =>
        PublishAsync(transaction, by, [happened], stop);

    /// <summary>Gives a parked delivery all its tries again; the later events of its key follow once it succeeds.</summary>
    internal async Task<bool> ReplayAsync(NpgsqlDataSource postgres, string handler, string key, long position, uint organization, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleAsync<long>(new CommandDefinition(
            """
            WITH replayed AS (
                UPDATE platform.delivery d SET parked_at = NULL, attempts = 0, due_at = clock_timestamp()
                  FROM platform.envelope e
                 WHERE d.handler = @handler AND d.key = @key AND d.position = @position AND d.parked_at IS NOT NULL
                   AND e.position = d.position AND e.organization IN (@organization, 0)
                RETURNING d.position
            )
            SELECT count(pg_notify('rialto_outbox', '')) FROM replayed
            """,
            new { handler, key, position, organization = (int)organization }, cancellationToken: stop)) == 1;
    }

    private static NpgsqlParameter Texts(IEnumerable<string> texts) => new() { Value = texts.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static string Key(IBusinessEvent happened) =>
        happened.Key is { Length: > 0 and <= KeyLengthMax } key ? key : throw new ArgumentException($"The key of {happened.GetType()} must have 1 to {KeyLengthMax} characters.");

    private static string Body(IBusinessEvent happened)
    {
        var body = JsonSerializer.Serialize(happened, happened.GetType(), Json);
        return body.Length <= BodyBytesMax ? body : throw new ArgumentException($"{happened.GetType()} is larger than {BodyBytesMax} bytes: an event tells what happened, it does not carry files.");
    }
}
