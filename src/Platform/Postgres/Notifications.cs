using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rialto.Platform.Postgres;

/// <summary>
/// One connection a node that LISTENs for everybody. A notification is only a hint to look sooner: it may be lost while the connection
/// is down, so every subscriber also looks by itself from time to time, and is called once after each reconnect.
/// Who must know that none was lost asks for an <see cref="Echo"/>.
/// </summary>
internal sealed partial class Notifications(NpgsqlDataSource postgres, TimeProvider clock, ILogger<Notifications> log) : BackgroundService, IHearing
{
    public const string Identity = "rialto_identity";
    public const string Outbox = "rialto_outbox";
    public const string Jobs = "rialto_jobs";
    public const string CancelledJobs = "rialto_cancelled_jobs";
    public const string Configuration = "rialto_configuration";
    public const string Gateway = "rialto_gateway";
    public const string Secrets = "rialto_secrets";

    private const string Echoes = "rialto_echoes";

    private static readonly string[] Channels = [Identity, Outbox, Jobs, CancelledJobs, Configuration, Secrets, Gateway];
    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromMilliseconds(500);

    private readonly ILogger _log = log;
    private readonly Lock _lock = new();
    private readonly List<(string Channel, Action<string> Heard)> _subscribers = [];

    // Other nodes hear our echoes too.
    private readonly string _name = Guid.CreateVersion7().ToString("N");
    private int _isSending;
    private volatile object? _heardUpTo;

    public long? HeardUpTo => (long?)_heardUpTo;

    public void Echo()
    {
        if (Interlocked.Exchange(ref _isSending, 1) == 0) _ = SendEchoAsync(clock.GetTimestamp());
    }

    /// <summary>Calls <paramref name="heard"/> on the listening thread: it must return at once and never throw.</summary>
    public IDisposable Subscribe(string channel, Action heard) => Subscribe(channel, _ => heard());

    /// <summary>The same with what was notified; empty when nobody knows, as after a reconnect.</summary>
    public IDisposable Subscribe(string channel, Action<string> heard)
    {
        var subscriber = (channel, heard);
        lock (_lock) _subscribers.Add(subscriber);
        return new Subscription(() =>
        {
            lock (_lock) _subscribers.Remove(subscriber);
        });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
            {
                LogLost(exception.Message);
                await Task.Delay(ReconnectAfter, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        connection.Notification += (_, heard) => Tell(heard.Channel, heard.Payload);
        await using (var listen = new NpgsqlCommand(string.Join(';', Channels.Append(Echoes).Select(channel => "LISTEN " + channel)), connection))
            await listen.ExecuteNonQueryAsync(stop);
        // What was notified while nobody listened is unknown: everybody looks now.
        foreach (var channel in Channels) Tell(channel, "");
        while (true) await connection.WaitAsync(stop);
    }

    private async Task SendEchoAsync(long sentAt)
    {
        try
        {
            await using var command = postgres.CreateCommand("SELECT pg_notify(@channel, @payload)");
            command.Parameters.AddWithValue("channel", Echoes);
            command.Parameters.AddWithValue("payload", string.Create(CultureInfo.InvariantCulture, $"{_name}:{sentAt}"));
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or ObjectDisposedException or InvalidOperationException)
        {
            // No echo: nobody takes this node's silence for news.
        }
        finally
        {
            Volatile.Write(ref _isSending, 0);
        }
    }

    /// <summary>Everything before an echo has been told when it comes: they arrive one after the other.</summary>
    private void HearEcho(string payload)
    {
        if (payload.StartsWith(_name, StringComparison.Ordinal)) _heardUpTo = long.Parse(payload.AsSpan(_name.Length + 1), CultureInfo.InvariantCulture);
    }

    private void Tell(string channel, string payload)
    {
        if (channel == Echoes)
        {
            HearEcho(payload);
            return;
        }
        (string Channel, Action<string> Heard)[] all;
        lock (_lock) all = [.. _subscribers];
        foreach (var subscriber in all)
        {
            if (subscriber.Channel == channel) subscriber.Heard(payload);
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    [LoggerMessage(LogLevel.Warning, "The listening connection to PostgreSQL is lost: {Reason}. Polling goes on, listening is tried again.")]
    private partial void LogLost(string reason);
}
