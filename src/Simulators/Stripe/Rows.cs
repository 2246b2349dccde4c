using System.Text.Json;

namespace Rialto.Simulators.Stripe;

internal sealed record Session(
    string Id,
    string Status,
    string PaymentStatus,
    string? PaymentIntent,
    long AmountTotal,
    string Currency,
    DateTimeOffset ExpiresAt,
    string? ClientReferenceId,
    string? CustomerEmail,
    string SuccessUrl,
    string? CancelUrl,
    string CaptureMethod,
    string Title,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyDictionary<string, string> IntentMetadata,
    DateTimeOffset Created,
    string BaseAddress);

/// <param name="AuthorisedUntil">After it an uncaptured authorisation is gone.</param>
internal sealed record Intent(
    string Id,
    string Status,
    long Amount,
    long AmountCapturable,
    long AmountReceived,
    long AmountRefunded,
    string Currency,
    string CaptureMethod,
    string? LatestCharge,
    string? FailureCode,
    string? DeclineCode,
    string? CancellationReason,
    string? ReceiptEmail,
    IReadOnlyDictionary<string, string> Metadata,
    DateTimeOffset Created,
    DateTimeOffset? AuthorisedUntil,
    string? Session = null);

internal sealed record Refund(
    string Id, string PaymentIntent, string? Charge, long Amount, string Currency, string Status, string? Reason, IReadOnlyDictionary<string, string> Metadata, DateTimeOffset Created);

internal sealed record Dispute(string Id, string PaymentIntent, long Amount, string Currency, string Status, string Reason, DateTimeOffset Created);

internal sealed record Event(string Id, long Number, string Type, DateTimeOffset Created, JsonElement Object);

/// <summary>The first answer given to an idempotency key, told again for 24 hours.</summary>
internal sealed record RememberedAnswer(string Key, string Digest, int Status, string Body, DateTimeOffset At);

/// <param name="AuthorisationDays">How long an uncaptured authorisation holds.</param>
internal sealed record StripeOptions(int AuthorisationDays = 7, int KeyLifeHours = 24, string ApiVersion = "2026-07-29.dahlia");
