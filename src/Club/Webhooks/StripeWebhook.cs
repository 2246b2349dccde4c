using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Club.Bookings;
using Rialto.Platform.Connectors;
using Rialto.Platform.Connectors.Stripe;
using Rialto.Platform.Hosting;
using Rialto.Platform.Identity;
using Rialto.Platform.Outbox;
using Rialto.Platform.Postgres;
using Rialto.Platform.Problems;
using Rialto.Platform.Sagas;
using Rialto.Platform.Secrets;

namespace Rialto.Club.Webhooks;

/// <summary>
/// Hears from the card vendor. An event is a reason to look and no truth by itself: the saga asks the vendor what has happened, so order,
/// repetition and loss of events change nothing but the speed.
/// </summary>
internal static class StripeWebhook
{
    private const int BodyBytesMax = 256 * 1024;

    public static void MapStripeWebhook(this IEndpointRouteBuilder routes) => routes.MapPost("/webhooks/stripe", TakeAsync)
        .AllowAnonymousBecause("The vendor proves itself by a signature over the body.").WithSummary("Events of the card vendor.")
        .DescribeBody(("application/json", "as the vendor sends them"));

    private static async Task<IResult> TakeAsync(
        HttpContext context, ConnectorSet connectors, SecretStore secrets, NpgsqlDataSource postgres, SagaSet sagas, TimeProvider clock, CancellationToken stop)
    {
        if (await WebhookBody.ReadAsync(context, BodyBytesMax, stop) is not { } body) return Problem.Of(413, "body-too-large", "An event is smaller.");
        var reference = SecretReference.Parse(connectors[StripeVendor.Word].Settings.Secrets.GetValueOrDefault(StripeVendor.WebhookSecret));
        if (reference is not { } known || await secrets.FindAsync(known, stop) is not { } secret
            || !StripeSignature.IsValid(context.Request.Headers["Stripe-Signature"], body, secret.Reveal(), clock.GetUtcNow()))
            return Problem.Of(400, "signature-wrong", "The signature does not fit the body.");
        if (!WebhookBody.TryParse(body, out var happened) || happened.At("id")?.GetString() is not { Length: <= 200 } id) return Problem.Of(400, "event-unreadable", "This is no event.");

        var type = happened.At("type")?.GetString() ?? "";
        var what = happened.At("data", "object") ?? default;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (!await Inbox.IsFirstAsync(transaction, "club/stripe", id, stop)) return TypedResults.Ok();
        // The account may be shared: events of others are none of ours.
        if (await FindAsync(transaction, what, stop) is { } booking)
        {
            if (type == "charge.dispute.created") await transaction.RunAsync([Booking.PaymentIs(booking.Id, "disputed", clock.GetUtcNow())], stop);
            else await sagas.HurryAsync(transaction, booking.Saga, booking.Id, stop);
        }
        await transaction.CommitAsync(stop);
        return TypedResults.Ok();
    }

    private static async Task<Booking?> FindAsync(NpgsqlTransaction transaction, JsonElement what, CancellationToken stop)
    {
        var reference = what.At("client_reference_id")?.GetString() ?? what.At("metadata", "reference")?.GetString();
        var id = Guid.TryParse(reference, out var given)
            ? await transaction.Connection!.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition("SELECT id FROM club.booking WHERE id = @given", new { given }, transaction, cancellationToken: stop))
            : what.At("payment_intent")?.GetString() is { } intent
                ? await transaction.Connection!.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
                    "SELECT booking FROM club.payment WHERE intent_id = @intent", new { intent }, transaction, cancellationToken: stop))
                : null;
        return id is { } known ? await Booking.LockAsync(transaction, known, stop) : null;
    }
}

internal static class WebhookBody
{
    /// <summary>The raw bytes, over which signatures go; null when there are too many.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContext context, int most, CancellationToken stop)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[16_384];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, stop)) > 0;)
        {
            if (memory.Length + read > most) return null;
            memory.Write(buffer, 0, read);
        }
        return memory.ToArray();
    }

    public static bool TryParse(byte[] body, out JsonElement json)
    {
        json = default;
        try
        {
            json = JsonSerializer.Deserialize<JsonElement>(body);
            return json.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
