using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Rialto.Platform.Health;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Postgres;

/// <summary>PostgreSQL answers a query, whoever runs it.</summary>
internal sealed class PostgresHealth(NpgsqlDataSource postgres) : IHealthPart
{
    public string Name => "postgres";

    public async ValueTask<PartHealth> CheckAsync(CancellationToken stop)
    {
        await using var command = postgres.CreateCommand("SELECT pg_database_size(current_database())");
        var bytes = (long)(await command.ExecuteScalarAsync(stop))!;
        return PartHealth.Ready($"{bytes / 1_000_000} MB");
    }
}

/// <summary>A request that needs PostgreSQL while it restarts is told to come again; it is not our bug.</summary>
internal sealed class PostgresDown : IExplainException
{
    public Problem? Explain(Exception exception) =>
        exception is NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: SocketException or IOException or TimeoutException }
            || exception is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown }
            ? Problem.Of(StatusCodes.Status503ServiceUnavailable, "database-unavailable", "The database is restarting; try again in a moment.")
            : null;
}
