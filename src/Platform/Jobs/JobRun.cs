using System.Text.Json;
using Dapper;
using Npgsql;
using Rialto.Platform.Outbox;

namespace Rialto.Platform.Jobs;

/// <summary>
/// One attempt at a job, under a lease. The lease is renewed while it runs; when it is lost (this process was frozen or cut off, and another took over),
/// the token is cancelled and the <see cref="Fence"/> refuses every later write.
/// </summary>
public sealed class JobRun
{
    private readonly NpgsqlDataSource _postgres;

    internal JobRun(NpgsqlDataSource postgres, Guid id, string kind, string lane, int attempt, long fence, Origin origin) =>
        (_postgres, Id, Kind, Lane, Attempt, Fence, Origin) = (postgres, id, kind, lane, attempt, fence, origin);

    public Guid Id { get; }

    public string Kind { get; }

    /// <summary>Where it runs; another one than where it was enqueued once it has left that lane.</summary>
    public string Lane { get; private set; }

    /// <summary>1 at the first try.</summary>
    public int Attempt { get; }

    /// <summary>Grows with every run of any job. Hand it to outside systems that can refuse an older one.</summary>
    public long Fence { get; }

    /// <summary>In whose name the job publishes and enqueues.</summary>
    public Origin Origin { get; }

    internal bool IsCompleted { get; private set; }

    /// <summary>Nothing else can stand in its lane.</summary>
    internal bool IsAlone => _hasLeft || Lane == Id.ToString();

    private bool _hasLeft;

    /// <summary>
    /// Makes the writes of <paramref name="transaction"/> valid only while this run holds the lease: until the commit nobody can take the job over.
    /// </summary>
    /// <exception cref="LeaseLostException">Somebody has.</exception>
    public async Task GuardAsync(NpgsqlTransaction transaction, CancellationToken stop = default)
    {
        Guarded(await transaction.Connection!.ExecuteScalarAsync<int?>(new CommandDefinition(Guard, new { Id, Fence }, transaction, cancellationToken: stop)));
    }

    /// <summary>For who reads more in the same round trip; its answer belongs into <see cref="Guarded"/>.</summary>
    internal const string Guard = "SELECT 1 FROM platform.job WHERE id = @Id AND fence = @Fence AND state = 'running' FOR SHARE";

    internal void Guarded(int? held)
    {
        if (held is null) throw new LeaseLostException(Id);
    }

    /// <summary>Ends the job in the transaction of its last writes: they and its end commit together. Return <see cref="JobOutcome.Done"/> afterwards.</summary>
    /// <exception cref="LeaseLostException">Another runner has the job.</exception>
    public async Task CompleteAsync(NpgsqlTransaction transaction, object? result = null, CancellationToken stop = default)
    {
        await FinishAsync(transaction.Connection!, transaction, result, stop);
        IsCompleted = true;
    }

    /// <summary>Shows how far it is, to people and programs that ask for the job.</summary>
    public async Task ReportAsync(object progress, CancellationToken stop = default)
    {
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE platform.job SET progress = @progress::jsonb WHERE id = @Id AND fence = @Fence AND state = 'running'",
            new { Id, Fence, progress = JsonSerializer.Serialize(progress, JobQueue.Json) }, cancellationToken: stop));
    }

    /// <summary>
    /// What <see cref="CompleteAsync"/> does, for who writes more in the same round trip: run it in a transaction that <see cref="Guard"/> has made valid.
    /// </summary>
    internal NpgsqlBatchCommand Completing()
    {
        IsCompleted = true;
        return new NpgsqlBatchCommand(
            "UPDATE platform.job SET state = 'done', result = NULL, error = NULL, lease_until = NULL, finished_at = clock_timestamp() WHERE id = $1 AND fence = $2 AND state = 'running'")
        {
            Parameters = { new() { Value = Id }, new() { Value = Fence } },
        };
    }

    /// <summary>
    /// Goes on in a lane of its own, in the transaction of the work for which order mattered: those behind it may begin when it commits. Run it in a transaction that
    /// <see cref="Guard"/> has made valid.
    /// </summary>
    internal NpgsqlBatchCommand Leaving(string lane)
    {
        (Lane, _hasLeft) = (lane, true);
        return new NpgsqlBatchCommand("UPDATE platform.job SET lane = $3 WHERE id = $1 AND fence = $2 AND state = 'running'")
        {
            Parameters = { new() { Value = Id }, new() { Value = Fence }, new() { Value = lane } },
        };
    }

    private async Task FinishAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, object? result, CancellationToken stop)
    {
        var finished = await connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE platform.job
               SET state = 'done', result = @result::jsonb, error = NULL, lease_until = NULL, finished_at = clock_timestamp()
             WHERE id = @Id AND fence = @Fence AND state = 'running'
            """,
            new { Id, Fence, result = result is null ? null : JsonSerializer.Serialize(result, JobQueue.Json) }, transaction, cancellationToken: stop));
        if (finished == 0) throw new LeaseLostException(Id);
    }
}
