using System.Collections.Concurrent;
using Dapper;
using Npgsql;
using Rialto.Logs.Spool;
using Rialto.Platform;

namespace Rialto.Logs.Applications;

/// <summary>
/// Keeps an application from being deleted while this node has records of it that nobody can find yet: an acknowledged record must never be whose nobody knows.
/// What is on its way is written into <c>logs.holding</c> before the first record is taken, and stays there for a while, so that only the first request of
/// an application waits for the database. It survives the process, as the spool does.
/// </summary>
internal sealed class ApplicationHolds(NpgsqlDataSource postgres, RecordSpool spool, Settings settings, TimeProvider clock)
{
    /// <summary>Longer than keys are good for while the database is away: a sender that was seen lately needs no database then.</summary>
    public static readonly TimeSpan ReleasedAfter = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<uint, Hold> _holds = new();
    private bool _isAdopted;

    /// <summary>Whoever takes records of the application is in it until he disposes of it. Null when the application has been deleted.</summary>
    /// <exception cref="NpgsqlException">The database must say, and is away.</exception>
    public async ValueTask<Hold?> EnterAsync(uint application, CancellationToken stop)
    {
        if (!_holds.TryGetValue(application, out var hold))
            hold = _holds.GetOrAdd(application, new Hold(application, spool, clock, isWritten: false));
        // First in, then look: a release looks in the other order, so one of the two sees the other.
        hold.Enter();
        if (hold.IsWritten)
            return hold;
        var isThere = false;
        try
        {
            isThere = await WriteAsync(hold, stop);
        }
        finally
        {
            if (!isThere)
                hold.Dispose();
        }

        return isThere ? hold : null;
    }

    /// <summary>The same for senders that can wait until the database is back.</summary>
    public async ValueTask<Hold?> EnterPatientlyAsync(uint application, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await EnterAsync(application, stop);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException && !stop.IsCancellationRequested)
            {
                await Task.Delay(RetryAfter, clock, stop);
            }
        }
    }

    /// <summary>Lets go of applications that sent nothing for a while and of which everything is searchable. Called from time to time.</summary>
    public async Task ReleaseIdleAsync(CancellationToken stop)
    {
        if (!_isAdopted)
            await AdoptAsync(stop);
        foreach (var hold in _holds.Values)
        {
            if (hold.IsWritten && hold.Idle >= ReleasedAfter)
                await ReleaseAsync(hold, stop);
        }
    }

    /// <summary>The nodes that have records of the application on their way. This one lets go first when it has none.</summary>
    public async Task<IReadOnlyList<short>> HoldersAsync(uint application, CancellationToken stop)
    {
        if (_holds.TryGetValue(application, out var hold) && hold.IsWritten)
            await ReleaseAsync(hold, stop);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return (await connection.QueryAsync<short>("SELECT node FROM logs.holding WHERE application = @application ORDER BY node", new { application = (int)application })).AsList();
    }

    /// <summary>What the run before this one had on its way is in the spool now.</summary>
    private async Task AdoptAsync(CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        foreach (var number in await connection.QueryAsync<int>("SELECT application FROM logs.holding WHERE node = @NodeId", new { settings.NodeId }))
            _holds.TryAdd((uint)number, new Hold((uint)number, spool, clock, isWritten: true));
        _isAdopted = true;
    }

    private async Task<bool> WriteAsync(Hold hold, CancellationToken stop)
    {
        await hold.Gate.WaitAsync(stop);
        try
        {
            if (hold.IsWritten)
                return true;
            await using var connection = await postgres.OpenConnectionAsync(stop);
            await connection.ExecuteAsync(
                "INSERT INTO logs.holding (application, node) VALUES (@application, @NodeId) ON CONFLICT DO NOTHING", new { application = (int)hold.Application, settings.NodeId });
            return hold.IsWritten = true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return false;
        }
        finally
        {
            hold.Gate.Release();
        }
    }

    private async Task ReleaseAsync(Hold hold, CancellationToken stop)
    {
        await hold.Gate.WaitAsync(stop);
        try
        {
            if (!hold.IsWritten)
                return;
            hold.IsWritten = false;
            Interlocked.MemoryBarrier();
            if (hold.IsInUse)
            {
                hold.IsWritten = true;
                return;
            }

            await using var connection = await postgres.OpenConnectionAsync(stop);
            await connection.ExecuteAsync("DELETE FROM logs.holding WHERE application = @application AND node = @NodeId", new { application = (int)hold.Application, settings.NodeId });
        }
        catch
        {
            // Nobody knows whether it is gone. Writing it again does no harm.
            hold.IsWritten = false;
            throw;
        }
        finally
        {
            hold.Gate.Release();
        }
    }
}
