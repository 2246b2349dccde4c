using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rialto.Platform.ClickHouse;

namespace Rialto.Platform.Gateway.Requests;

/// <summary>
/// Brings the measured requests to ClickHouse, a batch a second. These are measurements, not records of business: when ClickHouse is away for long, the
/// oldest are dropped and the drop is counted and told.
/// </summary>
internal sealed partial class RequestRecords(Settings settings, TimeProvider clock, ILogger<RequestRecords> log, ClickHouseClient? clickHouse = null) : BackgroundService
{
    private const int KeptMax = 100_000;
    private const int BatchMax = 20_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The last second's measurements must not hold up the stop of the whole host.</summary>
    private static readonly TimeSpan PatienceAtStop = TimeSpan.FromSeconds(2);

    private readonly ILogger _log = log;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly List<RequestRecord> _batch = [];
    private readonly Channel<RequestRecord> _records = Channel.CreateBounded<RequestRecord>(new BoundedChannelOptions(KeptMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private long _added;
    private long _written;

    /// <summary>Measured and never written.</summary>
    public long Dropped => Math.Max(0, Volatile.Read(ref _added) - Volatile.Read(ref _written) - _records.Reader.Count - _batch.Count);

    public void Add(in RequestRecord record)
    {
        if (clickHouse is null) return;
        Interlocked.Increment(ref _added);
        _records.Writer.TryWrite(record);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (clickHouse is null) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await WriteAsync(stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (clickHouse is null) return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(PatienceAtStop);
        await WriteAsync(patience.Token);
    }

    /// <summary>Writes what there is. A batch that failed is tried again as it was.</summary>
    public async Task WriteAsync(CancellationToken stop)
    {
        do
        {
            while (_batch.Count < BatchMax && _records.Reader.TryRead(out var record)) _batch.Add(record);
            if (_batch.Count == 0) return;
            _buffer.ResetWrittenCount();
            foreach (var record in _batch) record.WriteTo(_buffer, settings.NodeId);
            try
            {
                await clickHouse!.InsertAsync(RequestRecord.Insert, new ReadOnlyMemoryContent(_buffer.WrittenMemory), cancel: stop);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Whatever it was: a measurement must never stop the host.
                if (!stop.IsCancellationRequested) LogUnwritten(_batch.Count, exception.Message);
                return;
            }
            Interlocked.Add(ref _written, _batch.Count);
            _batch.Clear();
        }
        while (_records.Reader.Count >= BatchMax);
    }

    [LoggerMessage(LogLevel.Warning, "{Count} measured requests wait for ClickHouse: {Reason}")]
    private partial void LogUnwritten(int count, string reason);
}
