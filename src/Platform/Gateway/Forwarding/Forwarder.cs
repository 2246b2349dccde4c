using System.Buffers;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>
/// Carries one request to an upstream and the answer back, without holding either body.
/// <list type="number">
/// <item>The path is refused when two servers could read it in two ways (<see cref="RawPath"/>).</item>
/// <item>An upstream is chosen by weight and fitness (<see cref="UpstreamPool.Choose"/>).</item>
/// <item>Headers are copied by the rules of <see cref="ForwardedHeaders"/>; the body streams (<see cref="ForwardedBody"/>).</item>
/// <item>When the upstream could not be reached, another is tried. When it broke before it answered, only what is idempotent and has no body is tried again.</item>
/// <item>The answer streams back, flushed piece by piece; an upgraded connection becomes a tunnel (<see cref="WebSocketTunnel"/>).</item>
/// </list>
/// Problems: 400 path-ambiguous, 403 upgrade-not-allowed, 413, 502 upstream-unreachable / upstream-broken / upstream-refused, 503 upstream-down, 504 upstream-timeout.
/// </summary>
internal static class Forwarder
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>Not a registered status: the client left, nobody reads the answer. It is for the metrics only, as nginx has it.</summary>
    private const int ClientClosedRequest = 499;

    public static async Task ForwardAsync(HttpContext context, ActiveRoute route)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var pathLength = RawPath.PathLength(target);
        if (RawPath.IsAmbiguous(target.AsSpan(0, pathLength)))
        {
            await Problem.Of(StatusCodes.Status400BadRequest, "path-ambiguous", "The path has dot segments, empty segments, backslashes or doubtful escapes and is not forwarded.").ExecuteAsync(context);
            return;
        }
        var isUpgrade = WebSocketTunnel.IsAskedFor(context);
        if (isUpgrade && !route.Definition.WebSockets)
        {
            await Problem.Of(StatusCodes.Status403Forbidden, "upgrade-not-allowed", "This route does not take WebSocket connections.").ExecuteAsync(context);
            return;
        }
        if (!route.Pool.TryEnter())
        {
            await Down(context).ExecuteAsync(context);
            return;
        }
        try
        {
            var kept = route.Definition.StripPath ? RawPath.After(target.AsSpan(0, pathLength), route.Segments) : target.AsSpan(0, pathLength);
            await AttemptAsync(context, route, string.Concat(kept, target.AsSpan(pathLength)), isUpgrade);
        }
        finally
        {
            route.Pool.Leave();
        }
    }

    private static async Task AttemptAsync(HttpContext context, ActiveRoute route, string pathAndQuery, bool isUpgrade)
    {
        List<Upstream>? tried = null;
        Problem? last = null;
        var stickyKey = route.StickyKey(context);
        route.Pool.Budget.Earn();
        while (true)
        {
            if (route.Pool.Choose(stickyKey, tried ?? (IReadOnlyCollection<Upstream>)[]) is not { } upstream)
            {
                await (last ?? Down(context)).ExecuteAsync(context);
                return;
            }
            using var exchange = new Exchange(context);
            var began = Stopwatch.GetTimestamp();
            var failure = await TryAsync(context, route, upstream, pathAndQuery, isUpgrade, exchange);
            context.Features.Set(new UpstreamOutcome(route.Name, upstream.Label, Stopwatch.GetElapsedTime(began)));
            if (failure is not { } failed) return;
            if (failed.IsUpstreamsFault) upstream.Failed();
            if (failed.MayRetry && (tried?.Count ?? 0) < route.Definition.Retries && route.Pool.Upstreams.Count > 1 && route.Pool.Budget.TrySpend())
            {
                (tried ??= []).Add(upstream);
                last = failed.Problem;
                continue;
            }
            await failed.Problem.ExecuteAsync(context);
            return;
        }
    }

    private readonly record struct Failure(Problem Problem, bool MayRetry, bool IsUpstreamsFault);

    /// <summary>Null when the answer is sent, or nobody is left to send one to.</summary>
    private static async Task<Failure?> TryAsync(HttpContext context, ActiveRoute route, Upstream upstream, string pathAndQuery, bool isUpgrade, Exchange exchange)
    {
        var timeouts = route.Definition.Timeouts;
        using var outgoing = Outgoing(context, route, upstream, pathAndQuery, isUpgrade, exchange);
        var body = outgoing.Content as ForwardedBody;
        HttpResponseMessage incoming;
        exchange.Allow(timeouts.ConnectMs + timeouts.FirstByteMs);
        try
        {
            incoming = await route.Pool.Client.SendAsync(outgoing, exchange.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException or BadHttpRequestException)
        {
            return Explain(context, exception, body, exchange);
        }
        using (incoming)
        {
            if (incoming.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout) upstream.Failed();
            else upstream.Succeeded();
            await AnswerAsync(context, route, upstream, incoming, isUpgrade, exchange);
        }
        return null;
    }

    private static HttpRequestMessage Outgoing(HttpContext context, ActiveRoute route, Upstream upstream, string pathAndQuery, bool isUpgrade, Exchange exchange)
    {
        var request = context.Request;
        // The path was checked and goes out as it came: Uri must not tidy it.
        var address = new Uri(upstream.Address + (pathAndQuery is ['/', ..] ? "" : "/") + pathAndQuery, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var outgoing = new HttpRequestMessage(HttpMethod.Parse(request.Method), address)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = isUpgrade ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrHigher,
        };
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true && !isUpgrade)
            outgoing.Content = new ForwardedBody(request, exchange, route.Definition.Timeouts.FirstByteMs);
        ForwardedHeaders.CopyRequest(context, outgoing, route.Definition.StripPath ? route.Definition.Path : "");
        if (route.Definition.PreserveHost) outgoing.Headers.Host = request.Host.Value;
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } trace })
        {
            outgoing.Headers.Remove("traceparent");
            outgoing.Headers.TryAddWithoutValidation("traceparent", trace);
        }
        if (isUpgrade) WebSocketTunnel.Ask(outgoing);
        return outgoing;
    }

    private static Failure? Explain(HttpContext context, Exception exception, ForwardedBody? body, Exchange exchange)
    {
        if (exchange.IsClientGone)
        {
            context.Response.StatusCode = ClientClosedRequest;
            return null;
        }
        if (body?.ClientFault is BadHttpRequestException fault)
            return new(Problem.OfStatus(fault.StatusCode), MayRetry: false, IsUpstreamsFault: false);
        var hasBegun = body?.HasBegun == true;
        if (exception is OperationCanceledException)
        {
            // The handler's own connect timeout is a cancellation too, but not of our token.
            return exchange.Token.IsCancellationRequested
                ? new(Problem.Of(StatusCodes.Status504GatewayTimeout, "upstream-timeout", "The service behind this address did not answer in time."), MayRetry: false, IsUpstreamsFault: true)
                : new(Unreachable, MayRetry: !hasBegun, IsUpstreamsFault: true);
        }
        if (exception.InnerException is AddressRefusedException refused)
            return new(Problem.Of(StatusCodes.Status502BadGateway, "upstream-refused", refused.Message), MayRetry: false, IsUpstreamsFault: true);
        if (exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError })
            return new(Unreachable, MayRetry: !hasBegun, IsUpstreamsFault: true);
        var isRepeatable = body is null && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method));
        return new(Problem.Of(StatusCodes.Status502BadGateway, "upstream-broken", "The service behind this address broke the connection or sent no valid answer."), isRepeatable, IsUpstreamsFault: true);
    }

    private static readonly Problem Unreachable = Problem.Of(StatusCodes.Status502BadGateway, "upstream-unreachable", "The service behind this address cannot be reached.");

    private static Problem Down(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return Problem.Of(StatusCodes.Status503ServiceUnavailable, "upstream-down", "No server behind this address is healthy.");
    }

    private static async Task AnswerAsync(HttpContext context, ActiveRoute route, Upstream upstream, HttpResponseMessage incoming, bool isUpgrade, Exchange exchange)
    {
        var response = context.Response;
        response.StatusCode = (int)incoming.StatusCode;
        ForwardedHeaders.CopyResponse(incoming, response);
        RewriteLocation(context, route, upstream);
        try
        {
            if (incoming.StatusCode == HttpStatusCode.SwitchingProtocols)
            {
                if (!isUpgrade) throw new IOException("The upstream switched to another protocol without being asked.");
                await WebSocketTunnel.RunAsync(context, incoming, exchange, route.Definition.Timeouts.IdleMs);
                return;
            }
            if (!HttpMethods.IsHead(context.Request.Method)) await StreamBackAsync(context, incoming, exchange, route.Definition.Timeouts.IdleMs);
            foreach (var (name, values) in incoming.TrailingHeaders.NonValidated)
            {
                if (response.SupportsTrailers()) response.AppendTrailer(name, values.ToString());
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            if (!exchange.IsClientGone) upstream.Failed();
            // Part of the answer is out: a clean end would pass for the whole.
            if (response.HasStarted || exchange.IsClientGone) context.Abort();
            else await BrokenAfterHeadersAsync(context);
        }
    }

    private static Task BrokenAfterHeadersAsync(HttpContext context)
    {
        context.Response.Clear();
        return Problem.Of(StatusCodes.Status502BadGateway, "upstream-broken", "The service behind this address broke off its answer.").ExecuteAsync(context);
    }

    private static async Task StreamBackAsync(HttpContext context, HttpResponseMessage incoming, Exchange exchange, int idleMs)
    {
        var body = await incoming.Content.ReadAsStreamAsync(exchange.Token);
        var outward = context.Response.Body;
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            while (true)
            {
                exchange.Allow(idleMs);
                var reading = body.ReadAsync(piece, exchange.Token);
                // A stream of events may say nothing for long: its client wants to know at least that it began.
                if (!reading.IsCompleted && !context.Response.HasStarted && context.Response.ContentLength is null) await outward.FlushAsync(exchange.Token);
                var length = await reading;
                if (length == 0) return;
                exchange.Allow(idleMs);
                await outward.WriteAsync(piece.AsMemory(0, length), exchange.Token);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <summary>An upstream redirects to its own address, which the client cannot reach: it gets ours.</summary>
    private static void RewriteLocation(HttpContext context, ActiveRoute route, Upstream upstream)
    {
        var headers = context.Response.Headers;
        if (headers.Location is not [{ Length: > 0 } location]) return;
        var prefix = route.Definition.StripPath ? route.Definition.Path : "";
        if (location.StartsWith(upstream.Address, StringComparison.OrdinalIgnoreCase) && (location.Length == upstream.Address.Length || location[upstream.Address.Length] is '/' or '?'))
            headers.Location = prefix + location[upstream.Address.Length..];
        else if (prefix.Length > 0 && location is ['/', not '/', ..] or ['/'])
            headers.Location = prefix + location;
    }
}
