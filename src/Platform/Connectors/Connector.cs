using System.Diagnostics;
using System.Threading.RateLimiting;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Rialto.Platform.Connectors;

/// <summary>
/// The way to one vendor. A call goes through: slow start (writes, after an outage) → bulkhead → retry (reads only) → breaker → token → one attempt with its time-out; every
/// attempt is recorded. A write is attempted once and its answer says what is known of the effect.
/// </summary>
public sealed class Connector : IDisposable
{
    private readonly Vendor _vendor;
    private readonly ConnectorContext _context;
    private volatile Pipe _pipe;

    internal Connector(Vendor vendor, ConnectorContext context, ConnectorSettings settings, long revision)
    {
        (_vendor, _context) = (vendor, context);
        _pipe = new Pipe(this, settings, revision);
    }

    public string Name => _vendor.Name;
    public ConnectorSettings Settings => _pipe.Settings;

    /// <summary>Of the configuration in force; whoever begins something long stores it beside.</summary>
    public long Revision => _pipe.Revision;

    public CircuitState Breaker => _pipe.BreakerState.CircuitState;

    public VendorCall Probe => _vendor.Probe;

    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled: for a write the effect is unknown.</exception>
    public async Task<VendorAnswer> CallAsync(VendorCall call, CancellationToken stop)
    {
        Debug.Assert(call.Kind == CallKind.Read || call.Key is not null, "a write without a key cannot be looked for");
        var pipe = _pipe;
        if (call.Kind == CallKind.Write && pipe.SlowStart.TakeTurn() is { Ticks: > 0 } turn) await Task.Delay(turn, _context.Clock, stop);
        using var place = await pipe.Bulkhead.AcquireAsync(1, stop);
        if (!place.IsAcquired) return VendorAnswer.NotSent("too many calls at once");
        pipe.Budget.CallMade();
        var strategy = call.Kind == CallKind.Read ? pipe.Reads : pipe.Writes;
        var attempt = new Attempt(call);
        try
        {
            return await strategy.ExecuteAsync(
                static (state, cancelled) => new ValueTask<VendorAnswer>(state.pipe.AttemptAsync(state.attempt, cancelled)), (pipe, attempt), stop);
        }
        catch (BrokenCircuitException open)
        {
            return VendorAnswer.NotSent("breaker open", open.RetryAfter);
        }
    }

    /// <summary>From here on calls go by the new settings; calls under way end by the old ones.</summary>
    internal void Use(ConnectorSettings settings, long revision)
    {
        var old = _pipe;
        _pipe = new Pipe(this, settings, revision);
        // Longer than any attempt may last.
        _ = Task.Delay(TimeSpan.FromMilliseconds(old.Settings.TimeoutMs * 2L + 10_000)).ContinueWith(_ => old.Dispose(), TaskScheduler.Default);
    }

    public void Dispose() => _pipe.Dispose();

    private sealed class Attempt(VendorCall call)
    {
        public VendorCall Call { get; } = call;
        public int Number { get; set; }
    }

    /// <summary>Everything made from one revision of the settings.</summary>
    private sealed class Pipe : IDisposable
    {
        private readonly Connector _connector;
        private readonly HttpClient _http;
        private readonly VendorToken _token;

        public Pipe(Connector connector, ConnectorSettings settings, long revision)
        {
            (_connector, Settings, Revision) = (connector, settings, revision);
            _http = ConnectorHttp.Make(settings);
            _token = new VendorToken(FetchTokenAsync, Context.Clock);
            Bulkhead = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
            {
                PermitLimit = settings.Concurrency, QueueLimit = settings.Concurrency, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            });
            Budget = new RetryBudget(TimeProvider.System);
            SlowStart = new SlowStart(Context.Clock, settings.SlowStartPerSecond, settings.SlowStartSeconds);
            Writes = new ResiliencePipelineBuilder<VendorAnswer> { TimeProvider = Context.Clock }.AddCircuitBreaker(BreakerOptions()).Build();
            // Retries wait in real time: they bridge a hiccup of the network, not an outage.
            Reads = settings.ReadRetries == 0
                ? Writes
                : new ResiliencePipelineBuilder<VendorAnswer>().AddRetry(RetryOptions()).AddPipeline(Writes).Build();
        }

        public ConnectorSettings Settings { get; }
        public long Revision { get; }
        public ConcurrencyLimiter Bulkhead { get; }
        public RetryBudget Budget { get; }
        public SlowStart SlowStart { get; }
        public ResiliencePipeline<VendorAnswer> Reads { get; }
        public ResiliencePipeline<VendorAnswer> Writes { get; }
        public CircuitBreakerStateProvider BreakerState { get; } = new();

        private ConnectorContext Context => _connector._context;
        private Vendor Vendor => _connector._vendor;

        public async Task<VendorAnswer> AttemptAsync(Attempt attempt, CancellationToken stop)
        {
            var answer = await WithTokenAsync(attempt, stop);
            if (answer is not { Outcome: Outcome.NotSent, Status: 401 }) return answer;
            // The vendor did not look at the call: with a fresh token or a changed secret it may be sent again, a write too. Once.
            Context.ForgetSecretsOf(Settings);
            return await WithTokenAsync(attempt, stop);
        }

        public void Dispose()
        {
            _http.Dispose();
            _token.Dispose();
            Bulkhead.Dispose();
        }

        private CircuitBreakerStrategyOptions<VendorAnswer> BreakerOptions() => new()
        {
            FailureRatio = Settings.BreakerFailureRatio,
            MinimumThroughput = Settings.BreakerMinimumCalls,
            SamplingDuration = TimeSpan.FromSeconds(Settings.BreakerWindowSeconds),
            BreakDuration = TimeSpan.FromSeconds(Settings.BreakerOpenSeconds),
            StateProvider = BreakerState,
            ShouldHandle = tried => ValueTask.FromResult(tried.Outcome.Result is { } answer && IsSick(answer)),
            OnOpened = opened => Tell("open", Context.Clock.GetUtcNow() + opened.BreakDuration),
            OnHalfOpened = _ => Tell("half-open", null),
            OnClosed = _ =>
            {
                // Before those who wait are told.
                SlowStart.Begin();
                return Tell("closed", null);
            },
        };

        private RetryStrategyOptions<VendorAnswer> RetryOptions() => new()
        {
            MaxRetryAttempts = Settings.ReadRetries,
            Delay = TimeSpan.FromMilliseconds(50),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = tried => ValueTask.FromResult(tried.Outcome.Result is { } answer && IsSick(answer) && Budget.TryTake()),
        };

        private static bool IsSick(VendorAnswer answer) => answer.Outcome == Outcome.Unknown || answer is { Outcome: Outcome.NotSent, Status: null };

        private ValueTask Tell(string breaker, DateTimeOffset? probeAt)
        {
            Context.States.Set(_connector.Name, breaker, Context.Clock.GetUtcNow(), probeAt);
            return ValueTask.CompletedTask;
        }

        private async Task<VendorAnswer> WithTokenAsync(Attempt attempt, CancellationToken stop)
        {
            string? token = null;
            if (Vendor.UsesToken && !attempt.Call.WithoutToken)
            {
                (token, var failure) = await _token.GetAsync(stop);
                // Without a token nothing of this call has been sent, however the token's own call ended.
                if (token is null) return VendorAnswer.NotSent($"no token: {failure!.Detail}", failure.RetryAfter);
            }
            var answer = await SendAsync(attempt, token, stop);
            if (answer is { Outcome: Outcome.NotSent, Status: 401 } && token is not null) _token.Refused(token);
            return answer;
        }

        private async Task<(IssuedToken?, VendorAnswer?)> FetchTokenAsync(CancellationToken stop)
        {
            var secrets = await Context.SecretsOfAsync(Settings, stop);
            if (secrets is null) return (null, VendorAnswer.NotSent("a secret is missing"));
            var answer = await SendAsync(new Attempt(Vendor.TokenCall(Settings, secrets) with { WithoutToken = true }), null, stop);
            if (!answer.IsOk) return (null, answer);
            return Vendor.ReadToken(answer.Body) is { } token ? (token, null) : (null, VendorAnswer.Unknown("the token is missing in the answer", answer.Status, malformed: true));
        }

        private async Task<VendorAnswer> SendAsync(Attempt attempt, string? token, CancellationToken stop)
        {
            var call = attempt.Call;
            if (Context.AddressOf(Settings) is not { } address) return VendorAnswer.NotSent("no address: the simulator it names does not run");
            var secrets = await Context.SecretsOfAsync(Settings, stop);
            if (secrets is null) return VendorAnswer.NotSent("a secret is missing");
            using var request = new HttpRequestMessage(call.Method, address + call.Path);
            foreach (var (name, value) in call.Headers) request.Headers.TryAddWithoutValidation(name, value);
            // A request without content is resent by the framework's handler, up to three times and unseen, when a pooled connection breaks
            // before the answer. With content, be it empty, it is not: a write always has content.
            request.Content = call.Body?.Invoke() ?? (call.Kind == CallKind.Write ? new ByteArrayContent([]) : null);
            Vendor.Authorize(request, Settings, secrets, token);

            var sentAt = Context.Clock.GetUtcNow();
            var started = Stopwatch.GetTimestamp();
            attempt.Number++;
            VendorAnswer? answer = null;
            try
            {
                return answer = await ExchangeAsync(request, stop);
            }
            finally
            {
                // Without an answer the caller has gone away in the middle.
                Context.Record(_connector.Name, call, answer ?? VendorAnswer.Unknown("abandoned"), sentAt, Stopwatch.GetElapsedTime(started), Revision, attempt.Number);
            }
        }

        private async Task<VendorAnswer> ExchangeAsync(HttpRequestMessage request, CancellationToken stop)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(Settings.TimeoutMs);
            try
            {
                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, patience.Token);
                var bytes = await response.Content.ReadAsByteArrayAsync(patience.Token);
                return AnswerReader.Read(Vendor, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, bytes,
                    AnswerReader.RetryAfter(response.Headers, Context.Clock.GetUtcNow()));
            }
            catch (HttpRequestException exception)
            {
                return AnswerReader.Read(exception);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return VendorAnswer.Unknown($"no answer in {Settings.TimeoutMs} ms");
            }
        }
    }
}
