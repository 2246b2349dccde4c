using Microsoft.Extensions.Logging;
using Rialto.Platform.ClickHouse;

namespace Rialto.Logs.Spool;

/// <summary>
/// Brings closed segments into ClickHouse, one insert each, in their order. An insert that failed, or whose answer got lost, is repeated under the same
/// token until it succeeds; only a segment that ClickHouse understands and refuses is set aside, so that it does not hold up the others.
/// </summary>
internal sealed partial class SegmentLoader(RecordSpool spool, ClickHouseClient clickHouse, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>An engine that was down is found again within this time.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>An insert of 100,000 records takes 0.2 s; after this the connection is dead, or the engine is.</summary>
    private static readonly TimeSpan InsertTimeout = TimeSpan.FromSeconds(60);

    /// <summary>
    /// A segment of more records was closed because it was full, not because its time had come: senders are many. Skip indexes then wait for
    /// the merges, because built on insert they cost the path to "searchable" more than everything else together. Smaller ones get theirs at once, since what merges
    /// leave lying would be read whole by every search.
    /// </summary>
    private const int IndexedRowsMax = 60_000;

    private static readonly Dictionary<string, string> InsertSettings = new()
    {
        // One segment is one block, so that it becomes one part a partition and its token covers it whole.
        ["min_insert_block_size_rows"] = "1000000",
        ["min_insert_block_size_bytes"] = "1000000000",
        ["async_insert"] = "0",
    };

    private static readonly Dictionary<string, string> UnindexedInsertSettings = new(InsertSettings) { ["materialize_skip_indexes_on_insert"] = "0" };

    private long _loadedRows;
    private string? _trouble;

    /// <summary>Records that became searchable since the start.</summary>
    public long LoadedRows => Interlocked.Read(ref _loadedRows);

    /// <summary>Why nothing is being loaded, or null.</summary>
    public string? Trouble => Volatile.Read(ref _trouble);

    /// <summary>Loads until the spool is closed and empty, or until <paramref name="stop"/>; what is left then is loaded by the next run.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var segment in spool.Sealed.ReadAllAsync(stop))
                await LoadAsync(segment, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private async Task LoadAsync(Segment segment, CancellationToken stop)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await InsertAsync(segment, stop);
                spool.Loaded(segment);
                Interlocked.Add(ref _loadedRows, segment.Rows);
                if (Interlocked.Exchange(ref _trouble, null) is not null)
                    LogRecovered();
                return;
            }
            catch (Exception exception) when (IsRefusal(exception))
            {
                var path = spool.SetAside(segment);
                LogRefused(exception, segment.Rows, path);
                return;
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                if (Interlocked.Exchange(ref _trouble, exception.Message) is null)
                    LogTrouble(exception.Message);
                await Task.Delay(pause, clock, stop);
            }
        }
    }

    private async Task InsertAsync(Segment segment, CancellationToken stop)
    {
        using var body = new SegmentContent(segment);
        await clickHouse.InsertAsync(
            BlockEncoder.InsertSql,
            body,
            new QueryOptions { DeduplicationToken = segment.Token, Settings = segment.Rows > IndexedRowsMax ? UnindexedInsertSettings : InsertSettings, Timeout = InsertTimeout },
            stop);
    }

    /// <summary>
    /// Errors that the data itself causes: however often it is sent, the answer will be the same. Everything else (memory, too many parts, a table that a
    /// migration has not made yet, no answer at all) may pass, and is waited out.
    /// </summary>
    private static bool IsRefusal(Exception exception) => exception switch
    {
        // The file changed under its checksum, which shows while it is sent; the disk will not give it back.
        _ when exception.GetBaseException() is InvalidDataException => true,
        ClickHouseException clickHouse => clickHouse.Code is
            6 or 26 or 27 or 38 or 41 or 72 // cannot parse: text, quoted string, input, date, date and time, number
            or 32 or 33 or 34 // attempt to read after the end, cannot read all data
            or 36 or 43 or 44 or 53 or 70 or 131 or 321 or 349 // bad arguments, types that do not fit, too large a string, null where none may be
            or 117 or 128 or 190 or 191 or 271, // incorrect data, too large an array, sizes that differ, too large a set, cannot decompress
        _ => false,
    };

    [LoggerMessage(LogLevel.Critical, "ClickHouse refuses a segment of {Rows} records; it is kept at {Path} and the next ones go on")]
    private partial void LogRefused(Exception exception, int rows, string path);

    [LoggerMessage(LogLevel.Warning, "Records cannot be loaded and wait in the spool: {Reason}")]
    private partial void LogTrouble(string reason);

    [LoggerMessage(LogLevel.Information, "Records are being loaded again")]
    private partial void LogRecovered();
}
