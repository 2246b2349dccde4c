using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Rialto.Platform.Telemetry;

/// <summary>
/// Collects what all loggers say into a bounded queue. Logging never waits: when the queue is full, the newest line is dropped and counted.
/// </summary>
[ProviderAlias("Own")]
internal sealed class OwnRecordsQueue(TimeProvider clock) : ILoggerProvider
{
    /// <summary>About 10 MB at worst, and several seconds of a very talkative process.</summary>
    private const int LinesMax = 10_000;

    // Set while a batch is being handed over: what that logs must not become the next batch, for ever.
    private static readonly AsyncLocal<bool> Forwarding = new();

    private readonly Channel<OwnRecord> _lines = Channel.CreateBounded<OwnRecord>(new BoundedChannelOptions(LinesMax) { SingleReader = true });
    private long _dropped;

    public ChannelReader<OwnRecord> Lines => _lines.Reader;

    public long TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    public static void BeginForwarding() => Forwarding.Value = true;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose() => _lines.Writer.TryComplete();

    private sealed class Logger(OwnRecordsQueue queue, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && !Forwarding.Value;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var activity = Activity.Current;
            var record = new OwnRecord(
                queue.Now, logLevel, category, eventId.Name, formatter(state, exception), exception?.ToString(),
                activity?.TraceId.ToHexString(), activity?.SpanId.ToHexString(), Attributes(state));
            if (!queue._lines.Writer.TryWrite(record)) Interlocked.Increment(ref queue._dropped);
        }

        private static KeyValuePair<string, object?>[] Attributes<TState>(TState state) =>
            state is IReadOnlyList<KeyValuePair<string, object?>> values ? [.. values.Where(value => value.Key != "{OriginalFormat}")] : [];
    }

    private DateTimeOffset Now => clock.GetUtcNow();
}

/// <summary>Hands the collected lines over in batches, when the application has started and somebody wants them.</summary>
internal sealed partial class OwnRecordsForwarding(
    OwnRecordsQueue queue, IServiceProvider services, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<OwnRecordsForwarding> log) : BackgroundService
{
    private const int BatchMax = 500;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ILogger _log = log;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var _ = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // An application that did not start has no services any more.
        if (stoppingToken.IsCancellationRequested || services.GetService<IOwnRecords>() is not { } target) return;

        OwnRecordsQueue.BeginForwarding();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await queue.Lines.WaitToReadAsync(stoppingToken)) return;
                // Lines come in bursts; a short wait makes one batch of many.
                await Task.Delay(Gather, clock, stoppingToken);
                await ForwardAsync(target, Take(), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private List<OwnRecord> Take()
    {
        var batch = new List<OwnRecord>();
        while (batch.Count < BatchMax && queue.Lines.TryRead(out var line)) batch.Add(line);
        if (queue.TakeDropped() is > 0 and var dropped)
        {
            batch.Add(new OwnRecord(clock.GetUtcNow(), LogLevel.Warning, typeof(OwnRecordsQueue).FullName!, "Dropped",
                $"{dropped} own records were dropped because they came faster than they could be stored", null, null, null, [new("Dropped", dropped)]));
        }
        return batch;
    }

    private async Task ForwardAsync(IOwnRecords target, List<OwnRecord> batch, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await target.WriteAsync(batch, stop);
                return;
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                LogRefused(exception.Message);
                await Task.Delay(RetryAfter, clock, stop);
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "Own records could not be stored and are tried again: {Reason}")]
    private partial void LogRefused(string reason);
}
