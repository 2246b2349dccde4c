using Rialto.Platform.ClickHouse;

namespace Rialto.Fixtures;

/// <summary>
/// One ClickHouse engine for all tests of an assembly, a database for each class or test:
/// <c>[assembly: AssemblyFixture(typeof(ClickHouseFixture))]</c>, take it by the constructor and call <see cref="CreateDatabaseAsync"/>.
/// When <see cref="Variable"/> names a real server, the databases are made there, and dropped at the end.
/// </summary>
public sealed class ClickHouseFixture : IAsyncLifetime
{
    /// <summary>Address of a server to test against: http(s)://user:password@host:port.</summary>
    public const string Variable = "RIALTO_TEST_CLICKHOUSE_UNDER_TEST";

    private readonly List<string> _databases = [];
    private EngineChild? _engine;
    private ClickHouseClient? _server;

    /// <summary>The engine, for tests of the process; not there when a real server is under test.</summary>
    public EngineChild Engine => _engine ?? throw new InvalidOperationException("There is no engine: a server is under test");

    /// <summary>A client of a new, empty database.</summary>
    public async Task<ClickHouseClient> CreateDatabaseAsync()
    {
        var name = "test_" + Guid.CreateVersion7().ToString("N");
        await _server!.ExecuteAsync("CREATE DATABASE {name:Identifier}", QueryOptions.With(("name", name)));
        lock (_databases)
            _databases.Add(name);
        return _server.WithDatabase(name);
    }

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address)
        {
            _server = new ClickHouseClient(ClickHouseEndpoint.Parse(address));
            return;
        }

        // Syncing each insert to the disk protects from a power cut, which no test makes.
        _engine = await EngineChild.StartAsync("--fsync", "off");
        _server = _engine.Client;
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
            return;
        }

        foreach (var database in _databases)
            await _server!.ExecuteAsync("DROP DATABASE {name:Identifier}", QueryOptions.With(("name", database)));
        _server?.Dispose();
    }
}
