using System.Net;
using System.Net.Sockets;
using Npgsql;
using Rialto.Logs.Applications;
using Rialto.Logs.Ingest;
using Rialto.Logs.Records;
using Rialto.Logs.Spool;

namespace Rialto.Logs.Syslog;

/// <summary>
/// Syslog on UDP: a message a datagram. What lies in the socket's buffer is gathered into one batch for each application and committed while
/// the next is gathered. The receiving loop never waits for the disk: what is too much is dropped and counted.
/// </summary>
internal sealed class SyslogDatagrams(SyslogSources sources, RecordSpool spool, RecordBatchPool pool, TimeProvider clock)
{
    /// <summary>Batches on their way to the disk; at 4,096 records each that is seconds of a busy network.</summary>
    private const int WaitingMax = 16;

    private const int DatagramBytesMax = 64 * 1024;

    private readonly Dictionary<KnownApplication, Intake> _intakes = [];
    private readonly Dictionary<IPAddress, KnownApplication?> _senders = [];
    private long _sendersAt;
    private long _refused;
    private long _dropped;
    private int _waiting;

    /// <summary>Messages of senders that nobody knows.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Messages that there was no room for.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public async Task ReceiveAsync(Socket socket, CancellationToken stop)
    {
        var buffer = new byte[DatagramBytesMax];
        EndPoint anybody = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, anybody, stop);
                Take(buffer.AsSpan(0, received.ReceivedBytes), ((IPEndPoint)received.RemoteEndPoint).Address);
                if (socket.Available == 0 || _intakes.Values.Any(intake => intake.IsFull))
                    Send();
            }
            catch (SocketException)
            {
                // A port that an answer of ours could not reach, or a datagram too large: the next one is another's.
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
        }

        Send();
    }

    private void Take(ReadOnlySpan<byte> message, IPAddress sender)
    {
        if (Find(sender) is not { } application)
        {
            Interlocked.Increment(ref _refused);
            return;
        }

        if (!_intakes.TryGetValue(application, out var intake))
            _intakes.Add(application, intake = new Intake(pool, application.Source, clock.GetUtcNow()));
        SyslogMessage.Take(message, intake);
    }

    /// <summary>Rules change every few seconds at most, so a sender is looked up once in that time.</summary>
    private KnownApplication? Find(IPAddress sender)
    {
        if (clock.GetElapsedTime(_sendersAt) > KnownApplications.Interval || _senders.Count > 10_000)
        {
            _senders.Clear();
            _sendersAt = clock.GetTimestamp();
        }

        if (!_senders.TryGetValue(sender, out var application))
            _senders.Add(sender, application = sources.Find(sender));
        return application;
    }

    private void Send()
    {
        foreach (var (application, intake) in _intakes)
        {
            application.Quota.Charge(intake.Accepted, intake.AcceptedBytes, 0);
            while (intake.TakeBatch() is { } batch)
            {
                if (Volatile.Read(ref _waiting) >= WaitingMax)
                {
                    Interlocked.Add(ref _dropped, batch.Count);
                    batch.Release();
                    continue;
                }

                _ = CommitAsync(application, batch);
            }
        }

        _intakes.Clear();
    }

    private async Task CommitAsync(KnownApplication application, RecordBatch batch)
    {
        var records = batch.Count;
        Interlocked.Increment(ref _waiting);
        var isDurable = false;
        try
        {
            isDurable = await TryCommitAsync(application, batch);
        }
        finally
        {
            if (!isDurable)
                Interlocked.Add(ref _dropped, records);
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<bool> TryCommitAsync(KnownApplication application, RecordBatch batch)
    {
        using var hold = await TryEnterAsync(application);
        if (hold is null)
        {
            batch.Release();
            return false;
        }

        return await spool.AppendAsync(batch) == CommitOutcome.Durable;
    }

    private static async ValueTask<Hold?> TryEnterAsync(KnownApplication application)
    {
        try
        {
            return await application.EnterAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            // The database is away, and this application was not seen lately.
            return null;
        }
    }
}
