using Npgsql;
using NpgsqlTypes;

namespace Rialto.Platform.Postgres;

/// <summary>Commands that are made in one place and run in another, together with others in one round trip.</summary>
public static class Commands
{
    /// <summary>Runs them in their order, in the transaction that is open.</summary>
    public static async Task RunAsync(this NpgsqlTransaction transaction, IEnumerable<NpgsqlBatchCommand> commands, CancellationToken stop = default)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var command in commands) batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(stop);
    }
}

/// <summary>Values of commands that may be missing: then the server must be told their type.</summary>
public static class Parameter
{
    public static NpgsqlParameter Text(string? value) => Of(value, NpgsqlDbType.Text);

    public static NpgsqlParameter Uuid(Guid? value) => Of(value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Time(DateTimeOffset? value) => Of(value?.UtcDateTime, NpgsqlDbType.TimestampTz);

    private static NpgsqlParameter Of(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
