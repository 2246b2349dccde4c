using System.Text.Json.Serialization;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Club.Bookings;
using Rialto.Club.Members;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;
using Rialto.Platform.Sagas;

namespace Rialto.Club.Desk;

/// <summary>The operators' desk: what waits, why, and what can be done. Every action says who and why.</summary>
internal static class DeskEndpoints
{
    public sealed class DeskBooking
    {
        public required Guid Id { get; init; }
        public required long Number { get; init; }
        public required string Title { get; init; }
        public required string Unit { get; init; }
        public required Guid MemberId { get; init; }
        public required string Member { get; set; }

        [JsonIgnore]
        public byte[]? Sealed { get; init; }

        public string? MemberNo { get; init; }
        public required string State { get; init; }
        public required string Pay { get; init; }
        public string? WaitingOn { get; init; }
        public DateTimeOffset? WaitingSince { get; init; }
        public DateTimeOffset? RetryAt { get; init; }
        public string? Lane { get; init; }
        public DateTimeOffset? PromiseBy { get; init; }
        public string? Reason { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
    }

    public sealed class DeskMessage
    {
        public required string Template { get; init; }
        public required string Text { get; init; }
        public required DateTimeOffset At { get; init; }
        public DateTimeOffset? ReadAt { get; init; }
    }

    public sealed class DeskAction
    {
        public required string Name { get; init; }
        public required string What { get; init; }
        public string? Reason { get; init; }
        public required DateTimeOffset At { get; init; }
    }

    public sealed record DeskBookingOpened(ViewBooking.BookingView Booking, Guid MemberId, string Member, string? MemberNo, string? RawReason, SagaTimeline Sagas, IReadOnlyList<DeskMessage> Messages, IReadOnlyList<DeskAction> Actions);

    /// <param name="Broken">How many rows break it, up to 100.</param>
    public sealed record InvariantState(string Name, string Meaning, int Broken);

    public sealed record InvariantsChecked(DateTimeOffset CheckedAt, IReadOnlyList<InvariantState> Invariants, IReadOnlyList<Breach> Breaches);

    public sealed record DeskReason(string? Reason);

    public sealed record DeskPromise(DateTimeOffset? By, string? Reason);

    public static void MapDesk(this IEndpointRouteBuilder routes)
    {
        var desk = routes.MapGroup("/desk").WithTags("Club desk");
        desk.MapGet("/bookings", ListAsync).RequirePermission(Permission.ClubRead).WithSummary("Bookings by state, or with q by number, member or id; without either those that are not settled.");
        desk.MapGet("/bookings/{id:guid}", OpenAsync).RequirePermission(Permission.ClubRead).WithSummary("A booking's timeline: steps, calls, messages, actions.");
        desk.MapPost("/bookings/{id:guid}/look", LookAsync).RequirePermission(Permission.ClubWrite).WithSummary("Asks the vendor now.");
        desk.MapPost("/bookings/{id:guid}/retry", (Guid id, DeskReason because, HttpContext context, NpgsqlDataSource postgres, SagaSet sagas, TimeProvider clock, CancellationToken stop) =>
            ResumeAsync(id, back: false, because, context, postgres, sagas, clock, stop)).RequirePermission(Permission.ClubWrite).WithSummary("Sends a booking that waits for an operator on.");
        desk.MapPost("/bookings/{id:guid}/undo", (Guid id, DeskReason because, HttpContext context, NpgsqlDataSource postgres, SagaSet sagas, TimeProvider clock, CancellationToken stop) =>
            ResumeAsync(id, back: true, because, context, postgres, sagas, clock, stop)).RequirePermission(Permission.ClubWrite).WithSummary("Sends a booking back, unless points or money are taken already.");
        desk.MapPost("/bookings/{id:guid}/promise", PromiseAsync).RequirePermission(Permission.ClubWrite).WithSummary("Changes what is promised; the member is told.");
        desk.MapGet("/invariants", InvariantsAsync).RequirePermission(Permission.ClubRead).WithSummary("Checks every invariant now.");
    }

    private static async Task<Listed<DeskBooking>> ListAsync(string? state, string? q, HttpContext context, MemberNames names, NpgsqlDataSource postgres, CancellationToken stop)
    {
        q = string.IsNullOrWhiteSpace(q) ? null : q.Trim();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var rows = (await connection.QueryAsync<DeskBooking>(new CommandDefinition(
            """
            SELECT b.id, b.number, b.title, b.unit, b.member AS member_id, m.sealed, m.member_no, b.state, b.pay, r.waiting_on, r.waiting_since, r.retry_at, r.lane, b.promise_by, b.reason, b.created_at
              FROM club.booking b
              JOIN club.member m ON m.id = b.member
              LEFT JOIN LATERAL (SELECT * FROM sagas.run r WHERE r.subject = b.id ORDER BY r.created_at DESC LIMIT 1) r ON true
             WHERE b.organization = @organization
               AND (@state::text IS NULL OR b.state = @state)
               AND (@q::text IS NULL OR b.number::text = @q OR b.id::text = @q OR m.member_no = @q OR m.search @> @terms::bigint[])
               AND (@state::text IS NOT NULL OR @q::text IS NOT NULL OR b.state NOT IN ('confirmed', 'declined', 'expired', 'cancelled'))
             ORDER BY b.number DESC LIMIT 500
            """,
            new { state, q, terms = q is null ? null : await names.QueryAsync(q, stop), organization = (int)context.Caller().Organization }, cancellationToken: stop))).AsList();
        return new([.. rows.Where(row =>
        {
            var person = names.Open(row.MemberId, row.Sealed);
            row.Member = person.Name;
            return q is null || $"{row.Number}" == q || row.Id.ToString() == q || row.MemberNo == q || MemberNames.IsMeant(person, q);
        })]);
    }

    private static async Task<Results<Ok<DeskBookingOpened>, Problem>> OpenAsync(Guid id, HttpContext context, MemberNames names, NpgsqlDataSource postgres, SagaSet sagas, CancellationToken stop)
    {
        if (await FindAsync(id, context, postgres, stop) is not { } booking) return Errors.NoSuchBooking;
        var timeline = await sagas.TimelineAsync(id, stop);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var read = await connection.QueryMultipleAsync(new CommandDefinition(
            """
            SELECT template, text, at, read_at FROM club.message WHERE booking = @id ORDER BY at;
            SELECT name, what, reason, at FROM club.operator_action WHERE booking = @id ORDER BY id;
            """,
            new { id }, cancellationToken: stop));
        var (messages, actions) = ((await read.ReadAsync<DeskMessage>()).AsList(), (await read.ReadAsync<DeskAction>()).AsList());
        return TypedResults.Ok(new DeskBookingOpened(ViewBooking.Of(booking), booking.Member, names.Open(booking.Member, booking.Sealed).Name, booking.MemberNo, booking.Reason, timeline, messages, actions));
    }

    private static async Task<Results<NoContent, Problem>> LookAsync(Guid id, HttpContext context, NpgsqlDataSource postgres, SagaSet sagas, TimeProvider clock, CancellationToken stop)
    {
        if (await FindAsync(id, context, postgres, stop) is null) return Errors.NoSuchBooking;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var booking = await Booking.LockAsync(transaction, id, stop);
        await sagas.HurryAsync(transaction, booking.Saga, id, stop);
        await sagas.HurryAsync(transaction, CancelBooking.Word, id, stop);
        await WriteDownAsync(transaction, context, id, "look", null, booking.State, null, clock, stop);
        await transaction.CommitAsync(stop);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, Problem>> ResumeAsync(
        Guid id, bool back, DeskReason because, HttpContext context, NpgsqlDataSource postgres, SagaSet sagas, TimeProvider clock, CancellationToken stop)
    {
        if (because.Reason is not { Length: > 0 and <= 500 } reason) return Problem.Of(400, "field-missing", "Say why, for whoever looks at it later.", "reason");
        if (await FindAsync(id, context, postgres, stop) is not { } booking) return Errors.NoSuchBooking;
        var waiting = (await sagas.TimelineAsync(id, stop)).Runs.LastOrDefault(run => run.State == "operator");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        bool done;
        if (waiting is not null) done = await sagas.ResumeAsync(waiting.Id, back, reason, stop);
        else if (back)
        {
            await Booking.LockAsync(transaction, id, stop);
            done = await sagas.UndoAsync(transaction, booking.Saga, id, reason, stop);
        }
        else done = false;
        if (!done)
        {
            return back
                ? Problem.Of(409, "only-forward", "It is settled, or points or money are taken already: then it only goes forward.")
                : Problem.Of(409, "not-with-operator", "It does not wait for an operator.");
        }
        await WriteDownAsync(transaction, context, id, back ? "undo" : "retry", reason, booking.State, null, clock, stop);
        await transaction.CommitAsync(stop);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, Problem>> PromiseAsync(
        Guid id, DeskPromise promise, HttpContext context, NpgsqlDataSource postgres, Telling telling, TimeProvider clock, CancellationToken stop)
    {
        if (promise.Reason is not { Length: > 0 and <= 500 }) return Problem.Of(400, "field-missing", "Say why, for whoever looks at it later.", "reason");
        if (promise.By is not { } by || by <= clock.GetUtcNow()) return Problem.Of(400, "field-wrong", "Give a time to come.", "by");
        if (await FindAsync(id, context, postgres, stop) is null) return Errors.NoSuchBooking;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var booking = await Booking.LockAsync(transaction, id, stop);
        if (booking.IsFinal) return Errors.NotWaiting;
        if (by > booking.LastMoment) return Problem.Of(422, "past-last-moment", "The place's own last moment is before that.", "by");
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE club.booking SET promise_by = @by, promise_told = true, version = version + 1 WHERE id = @id", new { id, by = by.ToUniversalTime() }, transaction, cancellationToken: stop));
        await telling.PromiseAsync(transaction, Platform.Outbox.Origin.Of(context.Caller()), booking, by, isRenewed: true, clock.GetUtcNow(), stop);
        await WriteDownAsync(transaction, context, id, "promise", promise.Reason, booking.PromiseBy?.ToString("o"), by.ToString("o"), clock, stop);
        await transaction.CommitAsync(stop);
        return TypedResults.NoContent();
    }

    private static async Task<InvariantsChecked> InvariantsAsync(NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var breaches = await Invariants.CheckAsync(postgres, now, stop);
        return new InvariantsChecked(now, [.. Invariants.All.Select(one => new InvariantState(one.Name, one.Meaning, breaches.Count(breach => breach.Invariant == one.Name)))], breaches);
    }

    private static async Task<Booking?> FindAsync(Guid id, HttpContext context, NpgsqlDataSource postgres, CancellationToken stop) =>
        await Booking.FindAsync(postgres, id, stop) is { } booking && booking.Organization == (int)context.Caller().Organization ? booking : null;

    /// <summary>Beside the booking for its timeline, and in the audit; call it last.</summary>
    internal static async Task WriteDownAsync(
        NpgsqlTransaction transaction, HttpContext context, Guid? booking, string what, string? reason, string? before, string? after, TimeProvider clock, CancellationToken stop)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "INSERT INTO club.operator_action (booking, who, name, what, reason, before, after, at) VALUES (@booking, @Id, @Name, @what, @reason, @before, @after, @now)",
            new { booking, context.Caller().Id, context.Caller().Name, what, reason, before, after, now = clock.GetUtcNow() }, transaction, cancellationToken: stop));
        await context.RequestServices.GetRequiredService<AuditLog>().AppendAsync(transaction.Connection!, context, "club." + what, $"booking:{booking}", before, new { reason, after }, stop);
    }
}
