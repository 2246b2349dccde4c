using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rialto.Platform.Engines;

/// <summary>
/// PostgreSQL as a private child: reachable through a unix socket in a directory of our own and by peer authentication only, no TCP port and no password.
/// Durable by default: fsync, synchronous_commit and checksums are on.
/// </summary>
internal sealed partial class PostgresEngine : ChildEngine
{
    // The port is only part of the socket's file name.
    private const string SocketFile = ".s.PGSQL.5432";
    private const string Database = "rialto";

    /// <summary>Owns the cluster; the application does not connect as it, so that no SQL of ours can read files or run programs.</summary>
    private const string Superuser = "postgres";

    private readonly string _data;
    private readonly string _sockets;
    private readonly string _home;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly NpgsqlDataSource _probe;

    /// <summary>The cluster is the subdirectory <c>postgres</c> of the host's data directory <paramref name="root"/>; tests differ in <paramref name="settings"/> of the server.</summary>
    public PostgresEngine(string root, TimeProvider clock, ILogger log, IReadOnlyDictionary<string, string>? settings = null, string? home = null)
    {
        _data = Path.Combine(root, "postgres");
        _sockets = DataDirectory.SocketDirectory(root, "postgres", SocketFile);
        _home = home ?? EngineFiles.Postgres();
        (_clock, _log, _settings) = (clock, log, settings ?? new Dictionary<string, string>());
        ConnectionString = ConnectionStringAt(_sockets);
        _probe = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, Timeout = 5, CommandTimeout = 5 });
    }

    public override string Name => "postgres";

    /// <summary>"Fast shutdown": clients are disconnected, everything is written, the next start needs no recovery.</summary>
    public override Signal StopSignal => Signal.Interrupt;

    public string ConnectionString { get; }

    /// <summary>Known before the server runs, so that everything can be composed first.</summary>
    public static string ConnectionStringOf(string root) => ConnectionStringAt(DataDirectory.SocketDirectory(root, "postgres", SocketFile));

    private static string ConnectionStringAt(string sockets) => new NpgsqlConnectionStringBuilder
    {
        Host = sockets,
        Username = Database,
        Database = Database,
        // Each plans every statement some times before it keeps the plan, so a waiting request costs less than a connection that has to learn them.
        MaxPoolSize = 20,
        // No DISCARD ALL on return to the pool: nobody here leaves session state behind, and it costs a round trip in the next command.
        NoResetOnClose = true,
        // A booking alone runs some forty statements. With fewer places than statements in use each is prepared, thrown out and prepared again, which costs more than never.
        MaxAutoPrepare = 200,
        AutoPrepareMinUsages = 2,
        ApplicationName = "rialto",
    }.ConnectionString;

    public override async Task<ChildCommand> PrepareAsync(CancellationToken stop)
    {
        // SIGQUIT is "immediate shutdown" for the server and for each of its processes alike; recovery at the start makes it whole.
        await Orphans.EndAsync(_data, Signal.Quit, TimeSpan.FromSeconds(5), _clock, stop);
        if (!Directory.Exists(_data)) await InitializeAsync(stop);
        var user = EngineUser.ForRoot(_data, Binary("postgres"));
        RemoveStaleLocks();
        DataDirectory.MakePrivate(_sockets, user);
        WriteAccessRules(user);
        return new ChildCommand(Binary("postgres"), ["-D", _data, .. ServerSettings().SelectMany(pair => new[] { "-c", $"{pair.Key}={pair.Value}" })], _data, user, Signal.Quit)
        {
            Environment = new Dictionary<string, string> { ["TZ"] = "UTC", ["LC_ALL"] = "C", ["PGDATA"] = "" },
        };
    }

    public override async Task<bool> ProbeAsync(CancellationToken stop)
    {
        if (!File.Exists(Path.Combine(_sockets, SocketFile))) return false;
        try
        {
            await using var connection = await _probe.OpenConnectionAsync(stop);
            return true;
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InvalidCatalogName)
        {
            await CreateDatabaseAsync(stop);
            return true;
        }
    }

    /// <summary>Lines are "LOG:  text", "FATAL:  text"...; what a client did wrong reaches that client, so only the server's own troubles matter here.</summary>
    public override (LogLevel Level, string Text) Read(string line) =>
        line.StartsWith("PANIC:", StringComparison.Ordinal) ? (LogLevel.Critical, line)
        : line.StartsWith("WARNING:", StringComparison.Ordinal) ? (LogLevel.Warning, line)
        : (LogLevel.Debug, line);

    private string Binary(string name) => Path.Combine(_home, "bin", name);

    private Dictionary<string, string> ServerSettings()
    {
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "",
            ["unix_socket_directories"] = _sockets,
            ["unix_socket_permissions"] = "0700",
            ["fsync"] = "on",
            ["synchronous_commit"] = "on",
            ["full_page_writes"] = "on",
            ["max_connections"] = "100",
            ["shared_buffers"] = "128MB",
            ["max_wal_size"] = "1GB",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["log_line_prefix"] = "",
            ["log_min_messages"] = "log",
            ["cluster_name"] = "rialto",
            // Queries here are short; compiling them costs more than it saves.
            ["jit"] = "off",
        };
        foreach (var (name, value) in _settings) settings[name] = value;
        return settings;
    }

    /// <summary>In a directory beside and renamed when complete: a kill in the middle leaves nothing that looks like a cluster.</summary>
    private async Task InitializeAsync(CancellationToken stop)
    {
        var fresh = _data + ".new";
        if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        DataDirectory.MakePrivate(fresh, null);
        var user = EngineUser.ForRoot(fresh, Binary("initdb"));
        string[] arguments =
        [
            "--pgdata", fresh, "--username", Superuser, "--auth", "peer", "--data-checksums", "--encoding", "UTF8",
            // The builtin provider sorts the same on every machine; a collation of the operating system may change under the indexes.
            "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C",
        ];
        using var child = await ChildProcess.StartAsync(new ChildCommand(Binary("initdb"), arguments, fresh, user, Signal.Kill), static _ => { });
        await child.Exited.WaitAsync(stop);
        if (child.ExitCode != 0) throw new EngineException($"initdb failed: {await child.LastLinesAsync()}");
        Directory.Move(fresh, _data);
        LogInitialized(_data);
    }

    /// <summary>
    /// No process uses the directory any more (<see cref="Orphans"/>), so locks in it are left over. PostgreSQL checks the process id in them
    /// by itself, but that id may meanwhile be somebody else's, and then it would refuse to start for ever.
    /// </summary>
    private void RemoveStaleLocks()
    {
        if (!OperatingSystem.IsLinux()) return;
        File.Delete(Path.Combine(_data, "postmaster.pid"));
        if (!Directory.Exists(_sockets)) return;
        File.Delete(Path.Combine(_sockets, SocketFile));
        File.Delete(Path.Combine(_sockets, SocketFile + ".lock"));
    }

    /// <summary>Only the user who runs the host gets in, and only through the socket; written at every start because that user may change.</summary>
    private void WriteAccessRules(EngineUser? user)
    {
        Write("pg_hba.conf", "local all all peer map=host\n");
        Write("pg_ident.conf", $"host \"{Environment.UserName}\" {Superuser}\nhost \"{Environment.UserName}\" {Database}\n");

        void Write(string name, string text)
        {
            var path = Path.Combine(_data, name);
            File.WriteAllText(path, text);
            if (user is not null) Unix.ChangeOwner(path, user.Id, user.Group);
        }
    }

    private async Task CreateDatabaseAsync(CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Username = Superuser, Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync(stop);
        await ExecuteAsync("DO $$ BEGIN CREATE ROLE rialto LOGIN CREATEDB; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        await ExecuteAsync("CREATE DATABASE rialto OWNER rialto");

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    [LoggerMessage(LogLevel.Information, "A new PostgreSQL cluster is in {Directory}")]
    private partial void LogInitialized(string directory);
}
