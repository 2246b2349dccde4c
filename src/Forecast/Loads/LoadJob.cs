using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Dapper;
using Npgsql;
using Rialto.Forecast.Observations;
using Rialto.Forecast.Sources;
using Rialto.Platform.Jobs;

namespace Rialto.Forecast.Loads;

internal sealed record LoadArguments(Guid Load);

/// <summary>Runs one load: an uploaded file, or what a source has that is new.</summary>
internal sealed class LoadJob(NpgsqlDataSource postgres, SeriesCatalogue catalogue, ObservationStore store, SourceReader sources, TimeProvider clock) : IJob<LoadArguments>
{
    public const string Name = "forecast.load";

    public static readonly JobPolicy Policy = new() { AttemptsMax = 5, Lease = TimeSpan.FromMinutes(1), AttemptTime = TimeSpan.FromHours(6) };

    /// <summary>One load an organization at a time: what it compares with stays what is stored.</summary>
    public static string LaneOf(uint organization) => $"forecast.load:{organization}";

    public async Task<JobOutcome> RunAsync(LoadArguments arguments, JobRun run, CancellationToken stop)
    {
        var load = await BeginAsync(arguments.Load, run, stop);
        var mapping = JsonSerializer.Deserialize<Mapping>(load.Mapping, JsonSerializerOptions.Web)!.Filled();
        var loading = new LoadRun(postgres, catalogue, store, clock, run, load, mapping);
        long read = 0;
        LoadFailure? failure;
        QualityReport? report = null;
        try
        {
            await using var opened = load.Source is { } source
                ? await sources.OpenAsync(source, stop)
                : new PieceSource(postgres, PieceTable.OfLoad, load.Id);
            var counted = new CountedStream(opened, bytes => read = bytes);
            // Uploaded files are kept packed; what a source sends was unpacked on the way.
            await using Stream plain = load.Source is null ? new GZipStream(counted, CompressionMode.Decompress) : counted;
            using var text = new StreamReader(plain, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 64 << 10);
            failure = await loading.TakeAsync(new CsvRows(text, mapping.Delimiter![0]), () => read, stop);
            if (failure is null)
                report = await loading.ReportAsync(stop);
        }
        catch (SourceException dead)
        {
            failure = new LoadFailure(dead.Code, dead.Message);
        }
        catch (InvalidDataException broken)
        {
            failure = new LoadFailure("file-broken", "The file cannot be unpacked: " + broken.Message);
        }
        await EndAsync(loading, load, run, read, failure, report, stop);
        return JobOutcome.Done();
    }

    private async Task<LoadRow> BeginAsync(Guid id, JobRun run, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await run.GuardAsync(transaction, stop);
        // An attempt before this one may have broken off: it counts anew, and size is of the packed pieces so that progress can be told.
        await connection.ExecuteAsync(new CommandDefinition(
            """
            DELETE FROM forecast.load_reject WHERE load = @id;
            UPDATE forecast.load
               SET state = 'running', started_at = coalesce(started_at, @now), bytes_read = 0,
                   bytes = coalesce((SELECT sum(length(body)) FROM forecast.load_piece WHERE load = @id), bytes)
             WHERE id = @id
            """,
            new { id, now = clock.GetUtcNow() }, transaction, cancellationToken: stop));
        var load = await connection.QuerySingleAsync<LoadRow>(new CommandDefinition($"{LoadRow.Select} WHERE l.id = @id", new { id }, transaction, cancellationToken: stop));
        await transaction.CommitAsync(stop);
        return load;
    }

    private async Task EndAsync(LoadRun loading, LoadRow load, JobRun run, long read, LoadFailure? failure, QualityReport? report, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await loading.TellAsync(read, stop, transaction);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE forecast.load SET state = @state, error_code = @Code, error = @Message, report = @report::jsonb, finished_at = @now WHERE id = @Id;
            DELETE FROM forecast.load_piece WHERE load = @Id;
            """,
            new
            {
                load.Id, state = failure is null ? "done" : "failed", failure?.Code, failure?.Message, now = clock.GetUtcNow(),
                report = report is null ? null : JsonSerializer.Serialize(report, JsonSerializerOptions.Web),
            },
            transaction, cancellationToken: stop));
        if (load.Source is { } source && failure is null && loading.Newest is { } newest)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE forecast.source SET known_until = greatest(known_until, @newest) WHERE id = @source", new { source, newest }, transaction, cancellationToken: stop));
        }
        await run.CompleteAsync(transaction, new { load = load.Id, failure = failure?.Code }, stop);
        await transaction.CommitAsync(stop);
    }
}
