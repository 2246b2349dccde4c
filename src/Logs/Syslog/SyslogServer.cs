using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rialto.Logs.Applications;
using Rialto.Logs.Ingest;
using Rialto.Logs.Records;
using Rialto.Logs.Spool;
using Rialto.Platform;
using Rialto.Platform.Health;

namespace Rialto.Logs.Syslog;

/// <summary>
/// Takes syslog on TCP and UDP. On TCP a sender is read no faster than his records become durable, so a full spool holds him back and loses nothing;
/// on UDP what cannot be taken is dropped and counted, which is what UDP is.
/// </summary>
internal sealed partial class SyslogServer(
    Settings settings, SyslogSources sources, RecordSpool spool, RecordBatchPool pool, BodyMemory memory, TimeProvider clock, ILogger<SyslogServer> log)
    : BackgroundService, IHealthPart
{
    /// <summary>A router or server holds one connection; more than this is a mistake somewhere.</summary>
    private const int ConnectionsMax = 1000;

    /// <summary>Holds the largest message beside the one before it.</summary>
    private const int WindowBytes = 2 * SyslogMessage.BytesMax;

    /// <summary>A port that is free for TCP may be taken for UDP; another one is not.</summary>
    private const int FreePortTriesMax = 10;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly SyslogDatagrams _datagrams = new(sources, spool, pool, clock);
    private Socket? _tcp;
    private Socket? _udp;
    private string? _trouble;
    private int _connections;
    private long _refused;

    public string Name => "logs.syslog";

    /// <summary>Where it listens, when it does.</summary>
    public int? Port => (_tcp?.LocalEndPoint as IPEndPoint)?.Port;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.SyslogPort != 0)
            Listen();
        await base.StartAsync(cancellationToken);
    }

    public ValueTask<PartHealth> CheckAsync(CancellationToken stop) => new(
        _trouble is { } trouble ? PartHealth.Degraded(trouble)
        : Port is { } port ? PartHealth.Ready($"Port {port}, {_connections} connections, {Interlocked.Read(ref _refused) + _datagrams.Refused} refused, {_datagrams.Dropped} datagrams dropped.")
        : PartHealth.Ready("Turned off."));

    public override void Dispose()
    {
        _tcp?.Dispose();
        _udp?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _tcp is null || _udp is null ? Task.CompletedTask : Task.WhenAll(AcceptAsync(_tcp, stoppingToken), _datagrams.ReceiveAsync(_udp, stoppingToken));

    private void Listen()
    {
        var isAny = settings.SyslogPort == Settings.AnyPort;
        var address = new IPEndPoint(settings.Bind, isAny ? 0 : settings.SyslogPort);
        for (var tries = isAny ? FreePortTriesMax : 1; _udp is null && tries > 0; tries--)
        {
            try
            {
                ListenOn(address);
                _trouble = null;
            }
            catch (SocketException exception)
            {
                // Syslog is one of several ways in: the others must not wait for a port.
                _trouble = $"Cannot listen on {address}: {exception.Message}";
                _tcp?.Dispose();
                _tcp = null;
            }
        }

        if (_trouble is not null)
            LogTrouble(_trouble);
        else
            LogListening(Port!.Value);
    }

    private void ListenOn(IPEndPoint address)
    {
        _tcp = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _tcp.Bind(address);
        _tcp.Listen(128);
        var udp = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20 };
        try
        {
            udp.Bind(_tcp.LocalEndPoint!);
            _udp = udp;
        }
        catch
        {
            udp.Dispose();
            throw;
        }
    }

    private async Task AcceptAsync(Socket listener, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(stop);
                var sender = ((IPEndPoint)socket.RemoteEndPoint!).Address;
                if (sources.Find(sender) is not { } application || Volatile.Read(ref _connections) >= ConnectionsMax)
                {
                    if (Interlocked.Increment(ref _refused) == 1)
                        LogRefused(sender);
                    socket.Dispose();
                    continue;
                }

                _ = ServeAsync(socket, application, stop);
            }
            catch (SocketException)
            {
                // The sender was gone before he was accepted.
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
        }
    }

    private async Task ServeAsync(Socket socket, KnownApplication application, CancellationToken stop)
    {
        Interlocked.Increment(ref _connections);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            await ReadAsync(stream, application, stop);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // The connection is over; what came whole before that is kept.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private async Task ReadAsync(Stream stream, KnownApplication application, CancellationToken stop)
    {
        byte[]? buffer;
        while ((buffer = memory.TryRent(WindowBytes)) is null)
            await Task.Delay(RetryAfter, clock, stop);
        try
        {
            var frames = new SyslogFrames();
            var filled = 0;
            int read;
            do
            {
                read = await stream.ReadAsync(buffer.AsMemory(filled), stop);
                filled += read;
                var consumed = await DeliverAsync(frames, buffer.AsMemory(0, filled), read == 0, application, stop);
                buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
                filled -= consumed;
            }
            while (read > 0);
        }
        finally
        {
            memory.Return(buffer);
        }
    }

    /// <summary>Makes the whole messages of the window durable, however long that takes, and returns how many bytes they were.</summary>
    private async Task<int> DeliverAsync(SyslogFrames frames, ReadOnlyMemory<byte> window, bool final, KnownApplication application, CancellationToken stop)
    {
        // Who is entered no more is hung up on: he would otherwise think that somebody listens.
        using var hold = await application.EnterPatientlyAsync(stop) ?? throw new IOException("The sender's application has been deleted.");
        return await DeliverAsync(frames, window, final, application.Source, application.Quota, stop);
    }

    private async Task<int> DeliverAsync(SyslogFrames frames, ReadOnlyMemory<byte> window, bool final, RecordSource source, Quota quota, CancellationToken stop)
    {
        var consumed = 0;
        while (true)
        {
            var intake = new Intake(pool, source, clock.GetUtcNow());
            var taken = frames.Decode(window.Span[consumed..], final, intake);
            var isFull = intake.IsFull;
            while (intake.TakeBatch() is { } batch)
            {
                // A refused batch is gone, so it is kept here until it is taken.
                batch.Retain();
                while (await spool.AppendAsync(batch) is not CommitOutcome.Durable)
                {
                    batch.Retain();
                    await Task.Delay(RetryAfter, clock, stop);
                }

                batch.Release();
            }

            quota.Charge(intake.Accepted, intake.AcceptedBytes, 0);
            consumed += taken;
            if (!isFull)
                return consumed;
        }
    }

    [LoggerMessage(LogLevel.Information, "Syslog listens on TCP and UDP port {Port}")]
    private partial void LogListening(int port);

    [LoggerMessage(LogLevel.Warning, "Syslog is off: {Reason}")]
    private partial void LogTrouble(string reason);

    [LoggerMessage(LogLevel.Warning, "Syslog from {Sender} is refused: no application is entered for this address in logs.syslog_source")]
    private partial void LogRefused(IPAddress sender);
}
