using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;

namespace Rialto.Simulators.Machinery;

/// <summary>
/// A call's way through a vendor: (1) read whole, (2) delays, (3) faults before the effect, (4) credential, remembered answer, effect,
/// (5) remember, (6) faults after the effect, (7) answer.
/// </summary>
internal static class CallPipeline
{
    /// <summary>How long a call hangs when the fault does not say: longer than any caller waits.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(100);

    private const int BodyBytesMax = 30 * 1024 * 1024;

    public static async Task RunAsync(HttpContext context, Vendor vendor, Operation operation)
    {
        var number = vendor.Calls.NextNumber();
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        if (buffer.Length > BodyBytesMax)
        {
            await WriteAsync(context, vendor.Refuse(413, "The body is too large."));
            return;
        }
        var request = new Request(context, operation.Name, buffer.ToArray(), vendor.Now);
        var strike = operation.Kind == OperationKind.Page ? default : vendor.Faults.Take(operation.Name, vendor.Simulation.Clock.GetUtcNow());
        if (strike.Delay > TimeSpan.Zero)
            await DelayAsync(strike.Delay, context);

        var fault = strike.Fault;
        var reply = fault is null || fault.IsAfterEffect ? Execute(vendor, operation, request) : null;
        var told = reply is null ? Replacement(vendor, fault!) : Distort(vendor, fault, reply);
        if (reply is not null)
            vendor.Remember(request, fault?.Kind == FaultKind.StatusAfter ? told! : reply);
        vendor.Calls.Add(new Call(number, vendor.Now, operation.Name, operation.KeyOf?.Invoke(request), told?.Status ?? 0,
            fault is null ? null : FaultWords.Name(fault.Kind), reply?.IsSuccess == true));
        await AnswerAsync(context, fault, told);
    }

    private static Reply Execute(Vendor vendor, Operation operation, Request request)
    {
        lock (vendor.Gate)
        {
            vendor.Tick(vendor.Now);
            return vendor.Authorize(request) ?? vendor.Remembered(request) ?? operation.Run(request);
        }
    }

    /// <summary>What is told when the operation did not run; null is silence.</summary>
    private static Reply? Replacement(Vendor vendor, Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.StatusBefore:
                return vendor.Refuse(fault.Status, "Simulated fault before the effect.");
            case FaultKind.TooMany or FaultKind.RateLimit:
                return vendor.Refuse(429, "Too many requests.") with { RetryAfterSeconds = fault.RetryAfterSeconds };
            case FaultKind.TokenExpired:
                vendor.ForgetTokens();
                return vendor.Refuse(401, "Token is not valid");
            case FaultKind.OkHttpBadStatus:
                return vendor.Refuse(409, "Simulated refusal inside a successful answer.") with { Status = 200 };
            default:
                return null;
        }
    }

    /// <summary>What is told after the operation ran; null is silence.</summary>
    private static Reply? Distort(Vendor vendor, Fault? fault, Reply reply) => fault?.Kind switch
    {
        FaultKind.TimeoutAfterEffect or FaultKind.DropAfterEffect or FaultKind.ResetAfterEffect => null,
        FaultKind.StatusAfter => vendor.Refuse(fault.Status, "Simulated fault after the effect."),
        FaultKind.MalformedJson => reply with { Body = Encoding.UTF8.GetBytes("{\"status\":200,,\"data\":") },
        FaultKind.WrongContentType => Reply.Html(200, "<!doctype html><title>Gateway</title><p>One moment, please.</p>"),
        _ => reply,
    };

    private static async Task AnswerAsync(HttpContext context, Fault? fault, Reply? told)
    {
        if (told is null)
        {
            if (fault!.Kind is FaultKind.TimeoutBeforeEffect or FaultKind.TimeoutAfterEffect)
                await DelayAsync(fault.Milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : Hang, context);
            if (fault.Kind is FaultKind.DropBeforeEffect or FaultKind.DropAfterEffect && context.Features.Get<IConnectionSocketFeature>() is { } connection)
            {
                // An end of stream where an answer should be. The reset of Abort must not overtake it.
                connection.Socket.Shutdown(SocketShutdown.Send);
                await DelayAsync(TimeSpan.FromSeconds(1), context);
            }
            context.Abort();
            return;
        }
        if (fault?.Kind == FaultKind.TruncatedBody)
            await TruncateAsync(context, told);
        else if (fault?.Kind == FaultKind.SlowDrip)
            await DripAsync(context, told, TimeSpan.FromMilliseconds(fault.Milliseconds ?? 200));
        else
            await WriteAsync(context, told);
    }

    private static async Task WriteAsync(HttpContext context, Reply reply)
    {
        Head(context, reply);
        await context.Response.Body.WriteAsync(reply.Body);
    }

    private static async Task TruncateAsync(HttpContext context, Reply reply)
    {
        Head(context, reply);
        await context.Response.Body.WriteAsync(reply.Body.AsMemory(0, reply.Body.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static async Task DripAsync(HttpContext context, Reply reply, TimeSpan each)
    {
        Head(context, reply);
        for (var at = 0; at < reply.Body.Length && !context.RequestAborted.IsCancellationRequested; at++)
        {
            await context.Response.Body.WriteAsync(reply.Body.AsMemory(at, 1));
            await context.Response.Body.FlushAsync();
            await DelayAsync(each, context);
        }
    }

    private static void Head(HttpContext context, Reply reply)
    {
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        if (reply.Location is not null)
            context.Response.Headers.Location = reply.Location;
        if (reply.RetryAfterSeconds is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString();
        if (reply.Status != 303)
            context.Response.ContentLength = reply.Body.Length;
    }

    /// <summary>Waits in real time, or until the caller has hung up.</summary>
    private static Task DelayAsync(TimeSpan delay, HttpContext context) =>
        Task.Delay(delay, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
}
