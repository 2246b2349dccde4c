using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Gateway.Idempotency;

/// <summary>Metadata of an endpoint whose callers may, or must, send an <c>Idempotency-Key</c>.</summary>
internal sealed record TakesIdempotencyKey(bool IsRequired);

/// <summary>Makes an endpoint safe to call again.</summary>
public static class Idempotency
{
    /// <summary>
    /// A repeated request with the same <c>Idempotency-Key</c> gets the stored answer, marked <c>Idempotency-Replayed: true</c>, for 24 hours. While the first
    /// is at work the repetition waits, then gets 409 <c>idempotency-in-progress</c>. The same key with a different request is 422 <c>idempotency-key-reused</c>.
    /// Answers from 500 are not stored. Bodies up to the endpoint's size limit are read into memory.
    /// </summary>
    public static TBuilder TakesIdempotencyKey<TBuilder>(this TBuilder endpoint, bool required = false)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new TakesIdempotencyKey(required));
}

/// <summary>The middleware behind <see cref="Idempotency.TakesIdempotencyKey{TBuilder}"/>; after authorization, since a key belongs to its caller.</summary>
internal sealed class IdempotencyGate(RequestDelegate next, IdempotencyKeys keys, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";
    private const int KeyLengthMax = 200;

    // A duplicate usually comes right after the first; waiting a little spares its caller a 409.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<TakesIdempotencyKey>() is { } takes ? CheckAsync(context, takes) : next(context);

    private async Task CheckAsync(HttpContext context, TakesIdempotencyKey takes)
    {
        if (context.Request.Headers[Header] is not [{ Length: > 0 } key])
        {
            if (takes.IsRequired) await Problem.Of(StatusCodes.Status400BadRequest, "idempotency-key-missing", "Send an Idempotency-Key header, so that a repetition has its effect once.", Header).ExecuteAsync(context);
            else await next(context);
            return;
        }
        if (key.Length > KeyLengthMax)
        {
            await Problem.Of(StatusCodes.Status400BadRequest, "idempotency-key-too-long", $"An idempotency key has at most {KeyLengthMax} characters.", Header).ExecuteAsync(context);
            return;
        }
        var hash = await HashAsync(context);
        var caller = context.CallerOrNull()?.Subject ?? "anonymous";
        var since = clock.GetTimestamp();
        var claim = await keys.ClaimAsync(caller, key, hash, context.RequestAborted);
        while (claim is KeyClaim.Running && clock.GetElapsedTime(since) < Patience)
        {
            await Task.Delay(LookEvery, clock, context.RequestAborted);
            claim = await keys.ClaimAsync(caller, key, hash, context.RequestAborted);
        }
        await AnswerAsync(context, claim);
    }

    private Task AnswerAsync(HttpContext context, KeyClaim claim)
    {
        switch (claim)
        {
            case KeyClaim.Mine mine:
                return RunAsync(context, mine.Request);
            case KeyClaim.Done done:
                context.Response.StatusCode = done.Status;
                if (done.ContentType.Length > 0) context.Response.ContentType = done.ContentType;
                context.Response.Headers["Idempotency-Replayed"] = "true";
                return context.Response.Body.WriteAsync(done.Body, context.RequestAborted).AsTask();
            case KeyClaim.Mismatch:
                return Problem.Of(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", "This idempotency key was used for a different request.", Header).ExecuteAsync(context);
            default:
                context.Response.Headers.RetryAfter = "1";
                return Problem.Of(StatusCodes.Status409Conflict, "idempotency-in-progress", "A request with this idempotency key is being worked on.", Header).ExecuteAsync(context);
        }
    }

    private async Task RunAsync(HttpContext context, IdempotentRequest request)
    {
        context.Features.Set(request);
        var original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var kept = new MemoryStream();
        try
        {
            context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(kept));
            await next(context);
            await context.Response.BodyWriter.FlushAsync();
        }
        catch
        {
            context.Features.Set(original);
            if (!request.IsCompleted) await keys.GiveBackAsync(request);
            throw;
        }
        context.Features.Set(original);
        var response = context.Response;
        if (!request.IsCompleted)
        {
            // The caller may be gone; the answer is for when he comes again.
            if (response.StatusCode < StatusCodes.Status500InternalServerError) await keys.StoreAsync(request, response.StatusCode, response.ContentType ?? "", kept.ToArray(), CancellationToken.None);
            else await keys.GiveBackAsync(request);
        }
        await response.Body.WriteAsync(kept.GetBuffer().AsMemory(0, (int)kept.Length), context.RequestAborted);
    }

    private static async Task<byte[]> HashAsync(HttpContext context)
    {
        var request = context.Request;
        request.EnableBuffering();
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        request.Body.Position = 0;
        return IdempotencyKeys.HashOf(request.Method, request.Path + request.QueryString, body.GetBuffer().AsSpan(0, (int)body.Length));
    }
}
