using System.Globalization;
using System.Text;
using Rialto.Engine;
using Rialto.Engine.Library;
using Rialto.Fixtures;

namespace Rialto.Bench.Engine;

/// <summary>The library in this process, with the child's configuration and its sessions: what remains is what HTTP and a second process cost.</summary>
internal sealed class LibraryTarget : ITarget, IAsyncDisposable
{
    private const int ChunkBytes = 256 << 10;

    private static readonly SessionKey Plain = SessionKey.Of("bench", []);

    private readonly string _directory = Directory.CreateTempSubdirectory("rt-").FullName;
    private readonly Sessions _sessions;

    private LibraryTarget()
    {
        var options = new Options { Data = Path.Combine(_directory, "data"), Socket = "", Library = Path.Combine(Checkout.Root, "node_modules/@chdb/lib-linux-x64-gnu/libchdb.so") };
        Signals.UseUtc();
        Chdb.Load(options.Library);
        Sessions? opened = null;
        Signals.Preserve(() =>
        {
            Chdb.SetSignalHandlersEnabled(0);
            opened = Sessions.Start(EngineConfiguration.Write(options));
        });
        _sessions = opened!;
    }

    public string Name => "library in process";

    public TimeSpan ProcessorTime => Environment.CpuUsage.TotalTime;

    public long ResidentBytes => long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;

    public static async Task<LibraryTarget> StartAsync()
    {
        var target = new LibraryTarget();
        target.With(SessionKey.Of("", []), connection =>
        {
            using var result = connection.Query("CREATE DATABASE bench");
            return result.Length;
        });
        var schema = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "src/Logs/Schema/ClickHouse/001_logs.sql"));
        foreach (var statement in schema.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            await target.ExecuteAsync(statement);
        return target;
    }

    public Task ExecuteAsync(string sql) => Task.Run(() => With(Plain, connection =>
    {
        using var result = connection.Query(sql);
        return result.Length;
    }));

    public Task<byte[]> ReadAsync(string sql) => Task.Run(() => With(Plain, connection =>
    {
        using var result = connection.Query(sql);
        return result.GetSpan().ToArray();
    }));

    public Task<long> StreamAsync(string sql, string format) => Task.Run(() => With(Plain, connection =>
    {
        var buffer = new byte[ChunkBytes * 8];
        var bytes = 0L;
        using var stream = connection.Stream(Encoding.UTF8.GetBytes(sql), format, []);
        while (true)
        {
            using var part = stream.Next();
            if (part.IsEnd)
                return bytes;
            // Looked at, as the other side looks at what it reads.
            part.GetSpan()[..Math.Min(part.Length, buffer.Length)].CopyTo(buffer);
            bytes += part.Length;
        }
    }));

    public Task InsertAsync(string columns, byte[] batch, string token)
    {
        var key = SessionKey.Of("bench", [new("insert_deduplication_token", token), new("async_insert", "0"), new("materialize_skip_indexes_on_insert", "0")]);
        return Task.Run(() => With(key, connection =>
        {
            using var insert = connection.Insert(Encoding.UTF8.GetBytes($"INSERT INTO logs ({columns})"), "Native", []);
            for (var at = 0; at < batch.Length; at += ChunkBytes)
                insert.Append(batch.AsSpan(at, Math.Min(ChunkBytes, batch.Length - at)));
            using var result = insert.Commit();
            return result.Length;
        }));
    }

    public ValueTask DisposeAsync()
    {
        _sessions.Dispose();
        _ = Chdb.Shutdown();
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private T With<T>(SessionKey key, Func<Connection, T> use)
    {
        var session = _sessions.Rent(key);
        try
        {
            return use(session.Connection);
        }
        finally
        {
            // A token is used once, so its session is of no use to the next.
            _sessions.Return(session, unchanged: key == Plain);
        }
    }
}
