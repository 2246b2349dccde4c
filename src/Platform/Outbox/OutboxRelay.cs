using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Platform.Lanes;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Outbox;

/// <summary>How often and how patiently a delivery is tried. The defaults give a handler about an hour before its delivery is parked.</summary>
internal sealed record RelayPolicy
{
    public int AttemptsMax { get; init; } = 15;

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A handler only writes to the database; one that takes longer hangs.</summary>
    public TimeSpan HandlerTime { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan DelayAfter(int attempts) =>
        TimeSpan.FromTicks((long)Math.Min(FirstDelay.Ticks * Math.Pow(2, attempts - 1), LongestDelay.Ticks));
}

/// <summary>Which events one handler has to see in order: those of one key.</summary>
internal readonly record struct DeliveryLane(string Handler, string Key);

/// <summary>
/// Delivers envelopes to the handlers of this node's modules. Of each (handler, key) only the oldest delivery may be worked on: its row is locked for the
/// handler's transaction, in which it also goes. Two relays therefore never run the same delivery, nor the second before the first.
/// </summary>
internal sealed partial class OutboxRelay : BackgroundService
{
    private const int Workers = 8;
    private const int LanesOfOneScanMax = 1000;

    /// <summary>After this many in a row other lanes get their turn.</summary>
    private const int DeliveriesInARowMax = 100;

    private static readonly ActivitySource Traces = new("Rialto.Outbox");

    private readonly NpgsqlDataSource _postgres;
    private readonly IServiceScopeFactory _scopes;
    private readonly RelayPolicy _policy;
    private readonly ILogger _log;
    private readonly Dictionary<(string Name, string EventType), Handler> _handlers;
    private readonly string[] _names;
    private readonly LanePump<DeliveryLane> _pump;
    private readonly IDisposable _subscription;

    public OutboxRelay(
        NpgsqlDataSource postgres, Notifications notifications, IEnumerable<Handler> handlers, IServiceScopeFactory scopes, RelayPolicy policy, TimeProvider clock, ILogger<OutboxRelay> log)
    {
        (_postgres, _scopes, _policy, _log) = (postgres, scopes, policy, log);
        _handlers = handlers.ToDictionary(handler => (handler.Name, handler.EventType));
        _names = [.. _handlers.Keys.Select(key => key.Name).Distinct()];
        _pump = new LanePump<DeliveryLane>("Outbox relay", Workers, ScanAsync, DrainAsync, clock, log);
        _subscription = notifications.Subscribe(Notifications.Outbox, _pump.Wake);
    }

    /// <summary>From now on every node publishes for these handlers too. Part of the start, before anything is published.</summary>
    public static async Task SubscribeAsync(NpgsqlDataSource postgres, IEnumerable<Handler> handlers, CancellationToken stop)
    {
        var all = handlers.ToArray();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(
            "INSERT INTO platform.subscription (handler, type) SELECT * FROM unnest(@names, @types) ON CONFLICT DO NOTHING",
            new { names = all.Select(handler => handler.Name).ToArray(), types = all.Select(handler => handler.EventType).ToArray() });
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _pump.RunAsync(stoppingToken);

    public override void Dispose()
    {
        _subscription.Dispose();
        base.Dispose();
    }

    private async Task<IReadOnlyList<DeliveryLane>> ScanAsync(CancellationToken stop)
    {
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        var lanes = await connection.QueryAsync<(string Handler, string Key)>(new CommandDefinition(
            """
            SELECT handler, key
              FROM (SELECT DISTINCT ON (handler, key) handler, key, due_at, parked_at
                      FROM platform.delivery
                     WHERE handler = ANY(@handlers)
                     ORDER BY handler, key, position) AS oldest
             WHERE parked_at IS NULL AND due_at <= now()
             ORDER BY due_at
             LIMIT @most
            """,
            new { handlers = _names, most = LanesOfOneScanMax }, cancellationToken: stop));
        return [.. lanes.Select(lane => new DeliveryLane(lane.Handler, lane.Key))];
    }

    private async Task<bool> DrainAsync(DeliveryLane lane, CancellationToken stop)
    {
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        var delivered = 0;
        while (delivered < DeliveriesInARowMax && await DeliverOldestAsync(connection, lane, stop)) delivered++;
        return delivered > 0;
    }

    /// <returns>True when it was delivered and the next may follow.</returns>
    private async Task<bool> DeliverOldestAsync(NpgsqlConnection connection, DeliveryLane lane, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await TakeOldestAsync(transaction, lane, stop) is not { } oldest) return false;
        using var activity = Traces.StartActivity($"deliver {lane.Handler}", ActivityKind.Consumer, oldest.TraceParent);
        await transaction.SaveAsync("before_handler", stop);
        try
        {
            await HandleAsync(transaction, lane, oldest, stop);
            await DeleteAsync(transaction, lane, oldest.Position, stop);
            await transaction.CommitAsync(stop);
            return true;
        }
        catch (Exception exception) when (!stop.IsCancellationRequested && connection.FullState == System.Data.ConnectionState.Open)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            await transaction.RollbackAsync("before_handler", stop);
            await NoteFailureAsync(transaction, lane, oldest, exception, stop);
            await transaction.CommitAsync(stop);
            return false;
        }
    }

    private sealed class Row
    {
        public required long Position { get; init; }
        public required int Attempts { get; init; }
        public required Guid Id { get; init; }
        public required string Type { get; init; }
        public required int Organization { get; init; }
        public required string Actor { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string? TraceParent { get; init; }
        public required string Body { get; init; }
    }

    /// <summary>
    /// Locks exactly the oldest delivery. "The first one that is not locked" would be wrong: it is the second, while another relay works on the first.
    /// </summary>
    private static Task<Row?> TakeOldestAsync(NpgsqlTransaction transaction, DeliveryLane lane, CancellationToken stop) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            SELECT d.position, d.attempts, e.id, e.type, e.organization, e.actor, e.at, e.trace_parent, e.body
              FROM platform.delivery d
              JOIN platform.envelope e ON e.position = d.position
             WHERE d.handler = @Handler AND d.key = @Key
               AND d.position = (SELECT min(position) FROM platform.delivery WHERE handler = @Handler AND key = @Key)
               AND d.parked_at IS NULL AND d.due_at <= now()
               FOR UPDATE OF d SKIP LOCKED
            """,
            lane, transaction, cancellationToken: stop));

    private async Task HandleAsync(NpgsqlTransaction transaction, DeliveryLane lane, Row row, CancellationToken stop)
    {
        // A handler may lose an event type while deliveries of it wait; they are parked, not lost.
        if (!_handlers.TryGetValue((lane.Handler, row.Type), out var handler)) throw new JsonException($"{lane.Handler} no longer handles {row.Type}.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_policy.HandlerTime);
        await using var scope = _scopes.CreateAsyncScope();
        var delivery = new Delivery
        {
            Transaction = transaction,
            Attempt = row.Attempts + 1,
            Origin = new Origin((uint)row.Organization, "handler:" + lane.Handler),
            Envelope = new Envelope
            {
                Position = row.Position, Id = row.Id, Type = row.Type, Key = lane.Key, Organization = row.Organization, Actor = row.Actor,
                At = row.At, TraceParent = row.TraceParent, Body = row.Body,
            },
        };
        await handler.HandleAsync(scope.ServiceProvider, delivery, limit.Token);
    }

    private static Task DeleteAsync(NpgsqlTransaction transaction, DeliveryLane lane, long position, CancellationToken stop) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "DELETE FROM platform.delivery WHERE handler = @Handler AND key = @Key AND position = @position",
            new { lane.Handler, lane.Key, position }, transaction, cancellationToken: stop));

    private async Task NoteFailureAsync(NpgsqlTransaction transaction, DeliveryLane lane, Row row, Exception exception, CancellationToken stop)
    {
        var attempts = row.Attempts + 1;
        // What cannot be read today cannot be read in an hour.
        var park = attempts >= _policy.AttemptsMax || exception is JsonException;
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            UPDATE platform.delivery
               SET attempts = @attempts, error = left(@error, 4000), due_at = clock_timestamp() + @delay, parked_at = CASE WHEN @park THEN clock_timestamp() END
             WHERE handler = @Handler AND key = @Key AND position = @Position
            """,
            new { lane.Handler, lane.Key, row.Position, attempts, error = exception.ToString(), delay = _policy.DelayAfter(attempts), park },
            transaction, cancellationToken: stop));
        if (park) LogParked(exception, lane.Handler, row.Type, lane.Key, row.Id, attempts);
        else LogFailed(lane.Handler, row.Type, lane.Key, row.Id, attempts, exception.Message);
    }

    [LoggerMessage(LogLevel.Warning, "{Handler} failed on {Type} of {Key} (envelope {Envelope}), try {Attempt}: {Reason}")]
    private partial void LogFailed(string handler, string type, string key, Guid envelope, int attempt, string reason);

    [LoggerMessage(LogLevel.Error, "{Handler} has failed on {Type} of {Key} (envelope {Envelope}) {Attempts} times; it is parked and holds back later events of that key until it is replayed")]
    private partial void LogParked(Exception exception, string handler, string type, string key, Guid envelope, int attempts);
}
