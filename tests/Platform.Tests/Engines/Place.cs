using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Platform.Engines;

namespace Rialto.Platform.Tests.Engines;

/// <summary>A temporary data directory, and PostgreSQL in it as the host would start it.</summary>
internal sealed class Place : IAsyncDisposable
{
    private readonly List<Supervisor> _running = [];

    public Place(UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute)
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("rialto-place-").FullName;
        File.SetUnixFileMode(Directory, mode);
    }

    public string Directory { get; }

    public Lines Log { get; } = new();

    public PostgresEngine Postgres(string? home = null, string below = "") => new(Path.Combine(Directory, below), TimeProvider.System, Log, home: home);

    public async Task<Supervisor> StartAsync(ChildEngine engine, SupervisorTimes? times = null)
    {
        var supervisor = new Supervisor(engine, TimeProvider.System, Log, times);
        _running.Add(supervisor);
        await supervisor.StartAsync(CancellationToken.None);
        return supervisor;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var supervisor in _running) await supervisor.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    public static async Task<object?> AskAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Everything that was logged.</summary>
    internal sealed class Lines : ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public string Text => string.Join('\n', _lines);

        public void Forget() => _lines.Clear();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception));
    }
}
