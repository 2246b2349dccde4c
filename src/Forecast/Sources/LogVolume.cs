using Dapper;
using Npgsql;
using Rialto.Platform.ClickHouse;

namespace Rialto.Forecast.Sources;

/// <summary>
/// Records an hour of each application, out of the counts a minute that Logs keeps in ClickHouse (<c>logs_1m</c>), as a table like any other source's.
/// The present hour is not over and left out.
/// </summary>
internal sealed class LogVolume(NpgsqlDataSource postgres, ClickHouseClient clickHouse)
{
    /// <exception cref="SourceException">Logs is not among the modules of this installation.</exception>
    public async Task<Stream> OpenAsync(uint organization, DateTimeOffset from, CancellationToken stop)
    {
        (int Number, string Name)[] applications;
        await using (var connection = await postgres.OpenConnectionAsync(stop))
        {
            applications = [.. await connection.QueryAsync<(int, string)>(new CommandDefinition(
                "SELECT a.number, a.name FROM identity.application a JOIN identity.organization o ON o.id = a.organization_id WHERE o.number = @organization",
                new { organization = (int)organization }, cancellationToken: stop))];
        }
        try
        {
            var result = await clickHouse.QueryAsync(
                """
                SELECT formatDateTime(toStartOfHour(Minute), '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS time, transform(AppId, {numbers:Array(UInt32)}, {names:Array(String)}, toString(AppId)) AS station,
                       'records' AS measure, sum(Rows) AS value, 'records/h' AS unit
                  FROM logs_1m
                 WHERE TenantId = {tenant:UInt32} AND Minute >= toDateTime({from:UInt32}, 'UTC') AND Minute < toStartOfHour(now('UTC'))
                 GROUP BY AppId, time
                 ORDER BY time, AppId
                FORMAT CSVWithNames
                """,
                QueryOptions.With(
                    ("tenant", organization), ("from", (uint)Math.Max(0, from.ToUnixTimeSeconds())), ("numbers", applications.Select(one => one.Number).ToArray()), ("names", applications.Select(one => one.Name).ToArray())), stop);
            return new ResultStream(result);
        }
        catch (ClickHouseException missing) when (missing.Name == "UNKNOWN_TABLE")
        {
            throw new SourceException("logs-missing", "The module logs does not run here, so there are no counts of records.");
        }
    }

    /// <summary>Gives the connection back when the table has been read.</summary>
    private sealed class ResultStream(QueryResult result) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => result.Body.ReadAsync(buffer, cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => result.Body.ReadAsync(buffer, offset, count, cancellationToken);

        public override async ValueTask DisposeAsync()
        {
            await result.DisposeAsync();
            await base.DisposeAsync();
        }

        public override void Flush() => throw new NotSupportedException();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronously.");
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
