using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Platform.Configuration;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;
using Rialto.Platform.Sagas;

namespace Rialto.Club.Bookings;

internal sealed record KeepPromise(Guid Booking);

/// <summary>
/// Keeps a promise's time: soon after the booking it tells what is promised; at the promised time it renews the promise with a message, or, when the
/// place's own last moment has come, gives the booking up.
/// </summary>
internal sealed class Promise(
    NpgsqlDataSource postgres, SagaSet sagas, JobQueue jobs, Telling telling, TimeProvider clock, [FromKeyedServices(Rules.Document)] Configured<Rules> rules) : IJob<KeepPromise>
{
    public const string Name = "club.promise";

    /// <summary>Whoever is given up has to go back first; then there is something to tell.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LookAtOperators = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<NpgsqlBatchCommand> Beginning(JobQueue jobs, Origin by, Guid booking, DateTimeOffset firstAt) =>
        jobs.Enqueuing(by, new KeepPromise(booking), new JobOptions { Lane = LaneOf(booking), DueAt = firstAt });

    /// <summary>The booking is settled: no promise is left to keep. A look that is under way finds that by itself.</summary>
    public static NpgsqlBatchCommand Ending(Guid booking) => JobQueue.Dropping(LaneOf(booking));

    private static string LaneOf(Guid booking) => $"promise:{booking}";

    public async Task<JobOutcome> RunAsync(KeepPromise arguments, JobRun run, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await run.GuardAsync(transaction, stop);
        var booking = await Booking.LockAsync(transaction, arguments.Booking, stop);
        if (!booking.IsFinal && booking.State != "cancelling" && await NextAsync(transaction, booking, run.Origin, stop) is { } next)
            await jobs.EnqueueAsync(transaction, run.Origin, arguments, new JobOptions { Lane = LaneOf(booking.Id), DueAt = next }, stop);
        await run.CompleteAsync(transaction, stop: stop);
        await transaction.CommitAsync(stop);
        return JobOutcome.Done();
    }

    private async Task<DateTimeOffset?> NextAsync(NpgsqlTransaction transaction, Booking booking, Origin by, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        // A person is at the card page, or has left it: its session ends by itself and no promise runs meanwhile.
        if (booking.State == "awaiting-payment") return now + LookAgain;
        // A person looks, and the member was told so: "we will confirm" would be a lie. What was confirmed before has no promise left to keep.
        if (booking.State == "needs-operator") return booking.ConfirmedAt is null ? now + LookAtOperators : null;
        var promiseBy = booking.PromiseBy ?? now;
        if (!booking.PromiseTold && now < promiseBy)
        {
            await telling.PromiseAsync(transaction, by, booking, promiseBy, isRenewed: false, now, stop);
            await SetAsync(transaction, booking, promiseBy, stop);
            return promiseBy;
        }
        if (now < promiseBy) return promiseBy;

        // Nothing can be kept any more once the place's last moment has come. What cannot go back because it is nearly there goes on.
        if (booking.LastMoment <= now && booking.UndoWish is null)
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                "UPDATE club.booking SET undo_wish = 'expired', version = version + 1 WHERE id = @Id", new { booking.Id }, transaction, cancellationToken: stop));
            if (await sagas.UndoAsync(transaction, booking.Saga, booking.Id, "expired", stop)) return now + LookAgain;
        }
        var renewed = rules.Value.PromiseFrom(now, booking.Zone, booking.LastMoment > now ? booking.LastMoment : null);
        await telling.PromiseAsync(transaction, by, booking, renewed, isRenewed: true, now, stop);
        await SetAsync(transaction, booking, renewed, stop);
        return renewed;
    }

    private static Task SetAsync(NpgsqlTransaction transaction, Booking booking, DateTimeOffset promiseBy, CancellationToken stop) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "UPDATE club.booking SET promise_by = @promiseBy, promise_told = true, version = version + 1 WHERE id = @Id", new { booking.Id, promiseBy }, transaction, cancellationToken: stop));
}
