using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Configuration;

/// <summary>
/// Reads every document's active revision at start and again when told or after three seconds, because a notification can be lost. A revision
/// that cannot be read leaves the old one in force, and says so.
/// </summary>
internal sealed partial class ConfigurationStore(
    NpgsqlDataSource postgres, IEnumerable<IConfigurationDocument> documents, Notifications notifications, TimeProvider clock, ILogger<ConfigurationStore> log) : IHostedService, IDisposable
{
    private const string Delivered = "system";
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(3);

    private readonly ILogger _log = log;
    private readonly IConfigurationDocument[] _documents = [.. documents];
    private readonly SemaphoreSlim _heard = new(0, 1);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private IDisposable? _subscription;

    public IReadOnlyList<IConfigurationDocument> Documents => _documents;

    public IConfigurationDocument? Find(string name) => Array.Find(_documents, document => document.Name == name);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await PutInitialAsync(cancellationToken);
        await ReadAsync(cancellationToken);
        _subscription = notifications.Subscribe(Notifications.Configuration, Wake);
        _loop = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _heard.Dispose();
        _reading.Dispose();
    }

    /// <summary>Puts every active revision into force.</summary>
    public async Task ReadAsync(CancellationToken stop)
    {
        // One at a time: an older answer must not overtake a newer one.
        await _reading.WaitAsync(stop);
        try
        {
            await using var connection = await postgres.OpenConnectionAsync(stop);
            var active = (await connection.QueryAsync<Active>("SELECT name, id, body::text AS body FROM configuration.revision WHERE state = 'active'"))
                .ToDictionary(row => row.Name);
            foreach (var document in _documents)
            {
                if (active.TryGetValue(document.Name, out var row) && row.Id != document.Revision) Use(document, row);
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    private void Use(IConfigurationDocument document, Active row)
    {
        if (document.Problems(row.Body) is { Count: > 0 } problems)
        {
            LogUnreadable(document.Name, row.Id, problems[0]);
            return;
        }
        document.Use(row.Body, row.Id);
        LogInForce(document.Name, row.Id);
    }

    private async Task PutInitialAsync(CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        foreach (var document in _documents)
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO configuration.revision (name, state, body, note, author, activated_by, created_at, activated_at)
                SELECT @Name, 'active', @body::jsonb, 'As delivered', @Delivered, @Delivered, @now, @now
                 WHERE NOT EXISTS (SELECT 1 FROM configuration.revision WHERE name = @Name)
                ON CONFLICT DO NOTHING
                """,
                new { document.Name, body = JsonSerializer.Serialize(document.Initial, document.Initial.GetType(), ConfigurationJson.Strict), Delivered, now = clock.GetUtcNow() });
        }
    }

    private async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await _heard.WaitAsync(PollEvery, stop);
            try
            {
                await ReadAsync(stop);
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
            {
                LogNotRead(exception.Message);
            }
        }
    }

    private void Wake()
    {
        try
        {
            _heard.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already woken, not yet awake.
        }
    }

    private sealed class Active
    {
        public required string Name { get; init; }
        public required long Id { get; init; }
        public required string Body { get; init; }
    }

    [LoggerMessage(LogLevel.Information, "Configuration {Name} is now revision {Revision}")]
    private partial void LogInForce(string name, long revision);

    [LoggerMessage(LogLevel.Error, "Configuration {Name} revision {Revision} cannot be used, the one before stays in force: {Problem}")]
    private partial void LogUnreadable(string name, long revision, string problem);

    [LoggerMessage(LogLevel.Warning, "Configuration was not read: {Reason}")]
    private partial void LogNotRead(string reason);
}
