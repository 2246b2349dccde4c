using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Rialto.Platform.Connectors;

/// <param name="Outcome">ok, refused, not_sent, unknown, malformed.</param>
/// <param name="Revision">Of the connector's configuration.</param>
internal sealed record ExternalCall(
    string Connector, string Operation, string Kind, string? Key, DateTimeOffset SentAt, TimeSpan Took, string Outcome, int? Status, string? Detail, long Revision, int Attempt);

/// <summary>
/// Writes every external call down, in batches. What a saga has to know is in its steps, in the transaction; this is the record for operators, so
/// it may lag by a fraction of a second, and when the database is away for long the oldest calls are lost and counted.
/// </summary>
internal sealed partial class ExternalCalls(NpgsqlDataSource postgres, ILogger<ExternalCalls> log) : BackgroundService
{
    private const int Queued = 20_000;
    private const int Batch = 1_000;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);

    private readonly ILogger _log = log;
    private readonly Channel<ExternalCall> _calls = Channel.CreateBounded<ExternalCall>(
        new BoundedChannelOptions(Queued) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private long _recorded;
    private long _written;

    /// <summary>True when everything recorded so far is in the table; for tests and for a graceful stop.</summary>
    public bool IsWritten => Interlocked.Read(ref _written) >= Interlocked.Read(ref _recorded);

    public void Record(ExternalCall call)
    {
        Interlocked.Increment(ref _recorded);
        _calls.Writer.TryWrite(call);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _calls.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<ExternalCall>(Batch);
        // Ends when the writer is completed and everything is written, not when the token says so.
        while (await _calls.Reader.WaitToReadAsync(CancellationToken.None))
        {
            if (!stoppingToken.IsCancellationRequested)
                await Task.Delay(Gather, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (batch.Count < Batch && _calls.Reader.TryRead(out var call)) batch.Add(call);
            try
            {
                await WriteAsync(batch);
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
            {
                LogLost(batch.Count, exception.Message);
            }
            Interlocked.Add(ref _written, batch.Count);
            batch.Clear();
        }
    }

    private async Task WriteAsync(List<ExternalCall> batch)
    {
        await using var connection = await postgres.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            COPY connectors.external_call (connector, operation, kind, external_key, sent_at, ended_at, outcome, status, detail, revision, attempt)
            FROM STDIN (FORMAT BINARY)
            """);
        foreach (var call in batch)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(call.Connector, NpgsqlDbType.Text);
            await copy.WriteAsync(call.Operation, NpgsqlDbType.Text);
            await copy.WriteAsync(call.Kind, NpgsqlDbType.Text);
            await copy.WriteAsync(call.Key, NpgsqlDbType.Text);
            await copy.WriteAsync(call.SentAt.UtcDateTime, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync((call.SentAt + call.Took).UtcDateTime, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(call.Outcome, NpgsqlDbType.Text);
            if (call.Status is { } status) await copy.WriteAsync(status, NpgsqlDbType.Integer);
            else await copy.WriteNullAsync();
            await copy.WriteAsync(call.Detail, NpgsqlDbType.Text);
            await copy.WriteAsync(call.Revision, NpgsqlDbType.Bigint);
            await copy.WriteAsync(call.Attempt, NpgsqlDbType.Integer);
        }
        await copy.CompleteAsync();
    }

    [LoggerMessage(LogLevel.Warning, "{Count} external calls were not written down: {Reason}")]
    private partial void LogLost(int count, string reason);
}
