using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Club.Bookings;
using Rialto.Club.Vendors;
using Rialto.Platform.Connectors;
using Rialto.Platform.Connectors.Manifests;
using Rialto.Platform.Hosting;
using Rialto.Platform.Identity;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;
using Rialto.Platform.Postgres;
using Rialto.Platform.Problems;
using Rialto.Platform.Sagas;
using Rialto.Platform.Secrets;

namespace Rialto.Club.Webhooks;

/// <summary>
/// Hears from booking vendors, as their manifests describe. One that signs is believed to be itself; one that cannot has a secret in its address. Either way
/// the reservation is read again before anything counts.
/// </summary>
internal static class SeatWebhook
{
    private const int BodyBytesMax = 1 << 20;

    public static void MapSeatWebhook(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/webhooks/seats/{connector}", (string connector, HttpContext context, SeatEvents events, CancellationToken stop) => TakeAsync(connector, null, context, events, stop))
            .AllowAnonymousBecause("The vendor proves itself by a signature over the body.").WithSummary("Events of a booking vendor that signs them.")
            .DescribeBody(("application/json", "as the vendor sends them"));
        routes.MapPost("/webhooks/seats/{connector}/{secret}", (string connector, string secret, HttpContext context, SeatEvents events, CancellationToken stop) => TakeAsync(connector, secret, context, events, stop))
            .AllowAnonymousBecause("The vendor cannot sign; the address holds a secret.").WithSummary("Events of a booking vendor that cannot sign them.")
            .DescribeBody(("application/json", "as the vendor sends them"));
    }

    private static async Task<IResult> TakeAsync(string connector, string? secret, HttpContext context, SeatEvents events, CancellationToken stop)
    {
        if (await WebhookBody.ReadAsync(context, BodyBytesMax, stop) is not { } body) return Problem.Of(413, "body-too-large", "Events are smaller.");
        return await events.TakeAsync(connector, secret, context.Request.Headers, body, stop);
    }
}

internal sealed class SeatEvents(SeatVendors seats, ConnectorSet connectors, SecretStore secrets, NpgsqlDataSource postgres, SagaSet sagas, JobQueue jobs)
{
    public async Task<IResult> TakeAsync(string connector, string? given, IHeaderDictionary headers, byte[] body, CancellationToken stop)
    {
        if (seats.FindVendor(connector) is not { Manifest.Webhook: { } rule } || !await IsGenuineAsync(connector, rule, given, headers, body, stop))
            return Problem.Of(404, "not-found", "There is nothing at this address.");
        if (!WebhookBody.TryParse(body, out var root)) return Problem.Of(400, "event-unreadable", "This is no event.");
        foreach (var happened in rule.Items is null ? [root] : JsonPick.All(root, rule.Items)) await TakeAsync(connector, rule, happened, stop);
        return TypedResults.Ok();
    }

    private async Task TakeAsync(string connector, WebhookRule rule, JsonElement happened, CancellationToken stop)
    {
        if (!Guid.TryParse(JsonPick.Text(happened, rule.Key), out var key)) return;
        if (await IsKnownAsync(connector, key, rule.State is { } state ? JsonPick.Fact(happened, state, null) : null, stop)) return;
        var name = string.Join('|', rule.Id.Select(path => JsonPick.Text(happened, path)));
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // Ids of some vendors are long.
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        if (!await Inbox.IsFirstAsync(transaction, $"club/{connector}", id, stop)) return;
        var booking = await Booking.LockAsync(transaction, key, stop);
        if (booking.IsFinal) await jobs.EnqueueAsync(transaction, new Origin((uint)booking.Organization, $"webhook:{connector}"), new CheckSeat(key), new JobOptions { Lane = $"check-seat:{key}" }, stop);
        else await sagas.HurryAsync(transaction, booking.Saga, booking.Id, stop);
        await transaction.CommitAsync(stop);
    }

    /// <summary>
    /// Nobody's booking; or one of which the vendor tells that it is booked, when its saga has made that call just now or knows its outcome already: most events are the echo of our own booking.
    /// Nothing can follow from it, so it is not remembered either.
    /// </summary>
    private async Task<bool> IsKnownAsync(string connector, Guid key, string? told, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var known = await connection.QuerySingleOrDefaultAsync<Known>(new CommandDefinition(
            """
            SELECT state, EXISTS (SELECT 1 FROM sagas.run WHERE subject = b.id AND waiting_on IS NOT NULL) AS waits
              FROM club.booking b WHERE id = @key AND connector = @connector
            """,
            new { key, connector }, cancellationToken: stop));
        return known is null || told == "booked" && !known.Waits && known.State is ("held" or "authorised" or "seated" or "confirmed");
    }

    private sealed record Known(string State, bool Waits);

    private async Task<bool> IsGenuineAsync(string connector, WebhookRule rule, string? given, IHeaderDictionary headers, byte[] body, CancellationToken stop)
    {
        if (SecretReference.Parse(connectors[connector].Settings.Secrets.GetValueOrDefault("webhook")) is not { } reference || await secrets.FindAsync(reference, stop) is not { } secret) return false;
        var key = Encoding.UTF8.GetBytes(secret.Reveal());
        if (rule.Header is null) return given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), key);
        var expected = (rule.Prefix ?? "") + Convert.ToHexStringLower(HMACSHA256.HashData(key, body));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(headers[rule.Header].ToString()), Encoding.UTF8.GetBytes(expected));
    }
}

internal sealed record CheckSeat(Guid Booking);

/// <summary>A vendor has changed a reservation of a booking that is settled: when the seat is gone, a person has to look.</summary>
internal sealed class CheckSeatJob(SeatVendors seats, NpgsqlDataSource postgres, TimeProvider clock) : IJob<CheckSeat>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<JobOutcome> RunAsync(CheckSeat arguments, JobRun run, CancellationToken stop)
    {
        if (await Booking.FindAsync(postgres, arguments.Booking, stop) is not { State: "confirmed", IsExperience: true } before) return JobOutcome.Done();
        var (answer, found) = await seats.FindAsync(before.Seat, before.Id.ToString(), stop);
        if (!answer.IsOk) return JobOutcome.Later(answer.RetryAfter ?? Patience, answer.Detail);
        if (found is [{ State: not "dead" }, ..]) return JobOutcome.Done();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await run.GuardAsync(transaction, stop);
        if (await Booking.LockAsync(transaction, arguments.Booking, stop) is { State: "confirmed" } booking)
            await transaction.RunAsync([Booking.StateIs(booking.Id, "needs-operator", clock.GetUtcNow(), "venue-cancelled-confirmed")], stop);
        await run.CompleteAsync(transaction, stop: stop);
        await transaction.CommitAsync(stop);
        return JobOutcome.Done();
    }
}
