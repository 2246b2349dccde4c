using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Platform.ClickHouse;

namespace Rialto.Platform.Outbox;

/// <summary>
/// Copies every event to ClickHouse's <c>events</c>, in batches. A batch is fixed in PostgreSQL before it is sent and keeps its number until it is confirmed;
/// the number is the insert's deduplication token. So a crash between sending and confirming, or two nodes at once, store it once.
/// </summary>
internal sealed partial class EventExport(NpgsqlDataSource postgres, ClickHouseClient clickhouse, TimeProvider clock, ILogger<EventExport> log) : BackgroundService
{
    private const int EventsOfOneBatchMax = 5000;

    /// <summary>Between two batches: what gathers meanwhile becomes one insert.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    /// <summary>A batch that is not confirmed after this long belongs to a node that died, or to one whose insert failed.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromSeconds(30);

    private readonly ILogger _log = log;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Pause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await ExportBatchAsync(stoppingToken))
                {
                    // As long as there is more.
                }
                pause = Pause;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogWaits(exception.Message);
                pause = AfterTrouble;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>True when a full batch went: there may be more.</returns>
    internal async Task<bool> ExportBatchAsync(CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        if (await TakeAsync(connection, stop) is not { } batch) return false;
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            """
            SELECT e.id, e.type, e.key, e.organization, e.actor, e.at, e.body
              FROM platform.event_export x JOIN platform.envelope e ON e.position = x.position
             WHERE x.batch = @batch
             ORDER BY x.position
            """,
            new { batch }, cancellationToken: stop))).AsList();
        await clickhouse.InsertAsync(
            "INSERT INTO events (TenantId, Module, Type, Key, At, Actor, Amount, Currency, Attributes, EventId) FORMAT JSONEachRow",
            new ByteArrayContent(Encode(rows)), new QueryOptions { DeduplicationToken = batch.ToString() }, stop);
        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM platform.event_export WHERE batch = @batch", new { batch }, cancellationToken: stop));
        return rows.Count == EventsOfOneBatchMax;
    }

    private sealed class Row
    {
        public required Guid Id { get; init; }
        public required string Type { get; init; }
        public required string Key { get; init; }
        public required int Organization { get; init; }
        public required string Actor { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string Body { get; init; }
    }

    /// <summary>Takes over an abandoned batch as it was, or makes a new one of what waits.</summary>
    private static async Task<Guid?> TakeAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var abandoned = await connection.QueryFirstOrDefaultAsync<Guid?>(new CommandDefinition(
            "SELECT batch FROM platform.event_export WHERE batch IS NOT NULL AND taken_at < now() - @Abandoned LIMIT 1", new { Abandoned }, cancellationToken: stop));
        if (abandoned is not null)
        {
            await connection.ExecuteAsync(new CommandDefinition("UPDATE platform.event_export SET taken_at = now() WHERE batch = @abandoned", new { abandoned }, cancellationToken: stop));
            return abandoned;
        }
        return await connection.QueryFirstOrDefaultAsync<Guid?>(new CommandDefinition(
            """
            UPDATE platform.event_export SET batch = @batch, taken_at = now()
             WHERE position IN (SELECT position FROM platform.event_export WHERE batch IS NULL ORDER BY position LIMIT @EventsOfOneBatchMax FOR UPDATE SKIP LOCKED)
            RETURNING batch
            """,
            new { batch = Guid.CreateVersion7(), EventsOfOneBatchMax }, cancellationToken: stop));
    }

    private static byte[] Encode(List<Row> rows)
    {
        using var memory = new MemoryStream();
        using var json = new Utf8JsonWriter(memory, new JsonWriterOptions { SkipValidation = true });
        foreach (var row in rows)
        {
            using var body = JsonDocument.Parse(row.Body);
            json.WriteStartObject();
            json.WriteNumber("TenantId", row.Organization);
            json.WriteString("Module", EventName.ModuleOf(row.Type));
            json.WriteString("Type", row.Type);
            json.WriteString("Key", row.Key);
            json.WriteString("At", row.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff"));
            json.WriteString("Actor", row.Actor);
            json.WriteNumber("Amount", body.RootElement.TryGetProperty("amount", out var amount) && amount.TryGetInt64(out var minor) ? minor : 0);
            json.WriteString("Currency", body.RootElement.TryGetProperty("currency", out var currency) && currency.ValueKind == JsonValueKind.String ? currency.GetString() : "");
            WriteAttributes(json, body.RootElement);
            json.WriteString("EventId", row.Id);
            json.WriteEndObject();
            json.Flush();
            memory.WriteByte((byte)'\n');
            json.Reset();
        }
        return memory.ToArray();
    }

    private static void WriteAttributes(Utf8JsonWriter json, JsonElement body)
    {
        json.WriteStartObject("Attributes");
        foreach (var property in body.EnumerateObject())
        {
            if (property.Name is "key" or "amount" or "currency") continue;
            if (property.Value.ValueKind is JsonValueKind.String) json.WriteString(property.Name, property.Value.GetString());
            else if (property.Value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) json.WriteString(property.Name, property.Value.GetRawText());
        }
        json.WriteEndObject();
    }

    [LoggerMessage(LogLevel.Warning, "Events wait for ClickHouse: {Reason}")]
    private partial void LogWaits(string reason);
}
