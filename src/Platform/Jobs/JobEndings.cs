using System.Text.Json;
using Dapper;
using Npgsql;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Jobs;

/// <summary>Writes how runs ended. Those that end well without a transaction of their own, as mails do, are written many in one statement.</summary>
internal sealed class JobEndings
{
    private const int OfOneStatementMax = 100;

    private readonly NpgsqlDataSource _postgres;
    private readonly Gathering<Finish> _finishes;

    public JobEndings(NpgsqlDataSource postgres)
    {
        _postgres = postgres;
        _finishes = new Gathering<Finish>(OfOneStatementMax, FinishAsync);
    }

    private sealed record Finish(JobRun Run, string? Result, TaskCompletionSource Written);

    /// <exception cref="LeaseLostException">Another runner has the job.</exception>
    public Task FinishAsync(JobRun run, object? result)
    {
        var finish = new Finish(run, result is null ? null : JsonSerializer.Serialize(result, JobQueue.Json), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _finishes.Add(finish);
        return finish.Written.Task;
    }

    /// <returns>False: another runner has the job.</returns>
    public async Task<bool> WriteAsync(JobRun run, string state, string? error, TimeSpan? delay, int? attempts, bool finished)
    {
        await using var connection = await _postgres.OpenConnectionAsync();
        return await connection.ExecuteAsync(
            """
            UPDATE platform.job
               SET state = @state, error = left(@error, 4000), due_at = clock_timestamp() + coalesce(@delay, interval '0'), attempts = coalesce(@attempts, attempts), lease_until = NULL,
                   finished_at = CASE WHEN @finished THEN clock_timestamp() END
             WHERE id = @Id AND fence = @Fence AND state = 'running'
            """,
            new { run.Id, run.Fence, state, error, delay, attempts, finished }) == 1;
    }

    private async Task FinishAsync(List<Finish> batch)
    {
        try
        {
            await using var connection = await _postgres.OpenConnectionAsync();
            var written = (await connection.QueryAsync<Guid>(
                """
                UPDATE platform.job AS job
                   SET state = 'done', result = ended.result::jsonb, error = NULL, lease_until = NULL, finished_at = clock_timestamp()
                  FROM unnest(@ids, @fences, @results) AS ended(id, fence, result)
                 WHERE job.id = ended.id AND job.fence = ended.fence AND job.state = 'running'
                RETURNING job.id
                """,
                new { ids = batch.Select(one => one.Run.Id).ToArray(), fences = batch.Select(one => one.Run.Fence).ToArray(), results = batch.Select(one => one.Result).ToArray() })).ToHashSet();
            foreach (var one in batch)
            {
                if (written.Contains(one.Run.Id)) one.Written.SetResult();
                else one.Written.SetException(new LeaseLostException(one.Run.Id));
            }
        }
        catch (Exception exception)
        {
            foreach (var one in batch) one.Written.TrySetException(exception);
        }
    }
}
