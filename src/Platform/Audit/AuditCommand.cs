using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rialto.Platform.Engines;

namespace Rialto.Platform.Audit;

/// <summary>
/// <c>rialto audit verify</c>: checks the chain from outside of the running host, for who does not want to take its word. Beside a host that runs it reads
/// that host's database; otherwise it starts the private server for the time of the check.
/// </summary>
public static class AuditCommand
{
    public const string Help = "rialto audit verify: checks the audit's chain of hashes; exit code 0 when it is whole, 1 when it is not, 2 when it cannot be read.";

    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(Settings settings, TextWriter output)
    {
        try
        {
            var connection = settings.Postgres ?? PostgresEngine.ConnectionStringOf(settings.DataDirectory);
            if (settings.Postgres is not null || await AnswersAsync(connection)) return await VerifyAsync(connection, output);
            using var directory = DataDirectory.Open(settings.DataDirectory);
            await using var server = new Supervisor(new PostgresEngine(settings.DataDirectory, TimeProvider.System, NullLogger.Instance), TimeProvider.System, NullLogger.Instance);
            await server.StartAsync(CancellationToken.None);
            var code = await VerifyAsync(connection, output);
            await server.StopAsync();
            return code;
        }
        catch (Exception exception) when (exception is NpgsqlException or EngineException)
        {
            await output.WriteLineAsync("The audit cannot be read: " + exception.Message);
            return 2;
        }
    }

    private static async Task<bool> AnswersAsync(string connectionString)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 3 }.ConnectionString);
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task<int> VerifyAsync(string connection, TextWriter output)
    {
        await using var postgres = NpgsqlDataSource.Create(connection);
        var verdict = await new AuditLog(postgres, TimeProvider.System, NullLogger<AuditLog>.Instance).VerifyAsync();
        await output.WriteLineAsync(verdict.Intact
            ? $"The audit is whole: {verdict.Entries} entries, the last one has hash {verdict.LastHash}."
            : $"The audit is broken at entry {verdict.BrokenAt}: {verdict.Reason} {verdict.Entries} entries before it are whole.");
        return verdict.Intact ? 0 : 1;
    }
}
