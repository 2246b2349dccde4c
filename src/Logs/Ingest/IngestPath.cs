using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;
using Rialto.Logs.Applications;
using Rialto.Logs.Records;
using Rialto.Logs.Spool;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Logs.Ingest;

/// <summary>
/// What every HTTP protocol does before and after decoding: who sends, may he, in which encoding; then the commit and what to say when it failed.
/// </summary>
internal sealed class IngestPath(KnownApplications applications, RecordSpool spool, RecordBatchPool pool, BodyMemory memory, TimeProvider clock)
{
    public BodyMemory Memory => memory;

    /// <summary>Starts a request; null when it has been refused and answered.</summary>
    public async ValueTask<IngestRequest?> BeginAsync(HttpContext context, long bodyBytesMax, Refusing refuse)
    {
        var caller = context.Caller();
        if (caller.Application is null)
        {
            await refuse(context, IngestAnswers.NoApplication, 0);
            return null;
        }

        var application = applications.Of(caller);
        if (application.Quota.TryEnter(out var retryAfter) is not Refusal.None and var refusal)
        {
            await refuse(context, refusal == Refusal.Rate ? IngestAnswers.OverRate : IngestAnswers.OverDay, retryAfter);
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = bodyBytesMax;
        string? encoding = context.Request.Headers.ContentEncoding;
        if (ContentEncoding.Decode(context.Request.Body, encoding) is not { } body)
        {
            await refuse(context, IngestAnswers.EncodingNotSupported, 0);
            return null;
        }

        if (await EnterAsync(context, application, refuse) is not { } hold)
            return null;
        var intake = new Intake(pool, application.Source, clock.GetUtcNow());
        var isPlain = ReferenceEquals(body, context.Request.Body);
        return new IngestRequest(refuse, application.Quota, intake, new Delivery(spool, intake), hold, body, isPlain ? context.Request.ContentLength : null);
    }

    /// <summary>Null when it has been refused and answered.</summary>
    private static async ValueTask<Hold?> EnterAsync(HttpContext context, KnownApplication application, Refusing refuse)
    {
        try
        {
            if (await application.EnterAsync(context.RequestAborted) is { } hold)
                return hold;
            await refuse(context, IngestAnswers.ApplicationGone, 0);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            await refuse(context, IngestAnswers.ApplicationUnsure, 2);
        }

        return null;
    }
}

/// <summary>Answers a request that is not taken, in the form its protocol has for that.</summary>
/// <param name="context">The request.</param>
/// <param name="problem">Why.</param>
/// <param name="retryAfterSeconds">When it may come again; 0 when that would not help.</param>
internal delegate Task Refusing(HttpContext context, Problem problem, int retryAfterSeconds);

/// <summary>One request on its way.</summary>
/// <param name="Refuse">How to say no.</param>
/// <param name="Quota">Of the application.</param>
/// <param name="Intake">Where its records go.</param>
/// <param name="Delivery">How they become durable.</param>
/// <param name="Hold">Keeps the application while this is on its way.</param>
/// <param name="Body">Decompressed.</param>
/// <param name="Length">Of the body where it is known.</param>
internal sealed record IngestRequest(Refusing Refuse, Quota Quota, Intake Intake, Delivery Delivery, Hold Hold, Stream Body, long? Length) : IDisposable
{
    /// <summary>Commits; false when that failed and has been answered.</summary>
    public async ValueTask<bool> CompleteAsync(HttpContext context)
    {
        var outcome = await Delivery.CompleteAsync();
        if (outcome == CommitOutcome.Durable)
        {
            Quota.Charge(Intake.Accepted, Intake.AcceptedBytes, Intake.Rejected);
            return true;
        }

        var (problem, retryAfter) = IngestAnswers.Of(outcome);
        await Refuse(context, problem, retryAfter);
        return false;
    }

    public void Dispose()
    {
        Delivery.Dispose();
        // A sender who left in the middle may have batches at the spool that are about to be committed.
        if (Delivery.Settled is { IsCompleted: false } settling)
            settling.ContinueWith(static (_, hold) => ((Hold)hold!).Dispose(), Hold, TaskScheduler.Default);
        else
            Hold.Dispose();
    }
}
