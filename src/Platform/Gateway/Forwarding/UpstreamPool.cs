using System.Diagnostics;
using System.Net;
using System.Text;

namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>The upstreams of one route and the connections to them. A new revision gets a new pool; the old one ends when its last request has.</summary>
internal sealed class UpstreamPool : IDisposable
{
    // More at once to one server means that it does not answer; the rest gets 503 at once instead of waiting.
    private const int ConnectionsPerServerMax = 1_000;
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    // A probe's first verdict counts at once; later it takes two in a row to change.
    private const int ProbesToChange = 2;

    private readonly RouteDefinition _route;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly int _weights;
    private readonly HttpMessageInvoker _probes;

    public UpstreamPool(RouteDefinition route, AddressGuard guard, TimeProvider clock)
    {
        (_route, _clock) = (route, clock);
        Upstreams = [.. route.Upstreams.Select(upstream => new Upstream(upstream, clock))];
        _weights = Upstreams.Sum(upstream => upstream.Weight);
        Client = new HttpMessageInvoker(Handler(guard));
        _probes = new HttpMessageInvoker(Handler(guard));
    }

    public IReadOnlyList<Upstream> Upstreams { get; }

    public HttpMessageInvoker Client { get; }

    public RetryBudget Budget { get; } = new();

    private SocketsHttpHandler Handler(AddressGuard guard) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        // The forwarder writes traceparent itself.
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromMilliseconds(_route.Timeouts.ConnectMs),
        ConnectCallback = guard.ConnectAsync,
        PooledConnectionLifetime = ConnectionLifetime,
        MaxConnectionsPerServer = ConnectionsPerServerMax,
        EnableMultipleHttp2Connections = true,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
    };

    /// <summary>
    /// By weight: at random, or always the same for the same <paramref name="stickyKey"/>, on every node. Who is unfit hands its share to the others
    /// by the same rule, so nobody else moves. Null when nobody is left.
    /// </summary>
    public Upstream? Choose(string? stickyKey, IReadOnlyCollection<Upstream> tried)
    {
        var point = stickyKey is null ? (uint)Random.Shared.Next() : Hash(stickyKey);
        var first = At(point, _weights, static (_, _) => true, tried);
        if (first is { IsFit: true } && !tried.Contains(first)) return first;
        return Among(point, static (upstream, tried) => upstream.IsFit && !tried.Contains(upstream), tried)
            // When calls ejected everybody, the fault may be on our side: better try than refuse. What a probe found down stays down.
            ?? Among(point, static (upstream, tried) => !upstream.IsProbedDown && !tried.Contains(upstream), tried);
    }

    private Upstream? Among(uint point, Func<Upstream, IReadOnlyCollection<Upstream>, bool> may, IReadOnlyCollection<Upstream> tried)
    {
        var weights = 0;
        foreach (var upstream in Upstreams)
        {
            if (may(upstream, tried)) weights += upstream.Weight;
        }
        return weights == 0 ? null : At(point, weights, may, tried);
    }

    private Upstream? At(uint point, int weights, Func<Upstream, IReadOnlyCollection<Upstream>, bool> may, IReadOnlyCollection<Upstream> tried)
    {
        var left = (int)(point % (uint)weights);
        foreach (var upstream in Upstreams)
        {
            if (!may(upstream, tried)) continue;
            left -= upstream.Weight;
            if (left < 0) return upstream;
        }
        return null;
    }

    /// <summary>FNV-1a with a final mix: the same on every node, which the hash of the runtime is not.</summary>
    private static uint Hash(string key)
    {
        var hash = 2166136261u;
        foreach (var c in key) hash = (hash ^ c) * 16777619u;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6bu;
        return hash ^ (hash >> 13);
    }

    public void StartProbes()
    {
        if (_route.Health is not { } health) return;
        foreach (var upstream in Upstreams) _ = ProbeAsync(upstream, health);
    }

    private async Task ProbeAsync(Upstream upstream, HealthDefinition health)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(health.IntervalMs), _clock);
        var (run, last, first) = (0, true, true);
        try
        {
            do
            {
                var good = await IsGoodAsync(upstream, health);
                run = good == last ? run + 1 : 1;
                last = good;
                if (first || run >= ProbesToChange) upstream.Probed(good);
                first = false;
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The pool is retired.
        }
    }

    /// <summary>Only a good answer is good: a connection refused, a silence and a 503 are all the same to who waits.</summary>
    private async Task<bool> IsGoodAsync(Upstream upstream, HealthDefinition health)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(health.TimeoutMs), _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stop.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, upstream.Address + health.Path);
            request.Headers.TryAddWithoutValidation("User-Agent", "rialto-health");
            using var answer = await _probes.SendAsync(request, both.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            _stop.Token.ThrowIfCancellationRequested();
            return false;
        }
    }

    private int _users = 1;

    /// <summary>False when the pool has ended; the caller looks up the route again.</summary>
    public bool TryEnter()
    {
        for (var seen = Volatile.Read(ref _users); seen > 0; seen = Volatile.Read(ref _users))
        {
            if (Interlocked.CompareExchange(ref _users, seen + 1, seen) == seen) return true;
        }
        return false;
    }

    public void Leave()
    {
        var left = Interlocked.Decrement(ref _users);
        Debug.Assert(left >= 0, "left more often than entered");
        if (left > 0) return;
        Client.Dispose();
        _probes.Dispose();
        _stop.Dispose();
    }

    /// <summary>No more probes; connections close when the last request is through.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        Leave();
    }
}
