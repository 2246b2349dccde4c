using System.Globalization;
using Npgsql;
using Rialto.Contracts;
using Rialto.Platform.Mail;
using Rialto.Platform.Outbox;
using Rialto.Platform.Postgres;
using Rialto.Platform.Sagas;

namespace Rialto.Club.Bookings;

/// <summary>What members are told, in the app and by mail, each thing once. Words a person would use; times at the place.</summary>
internal sealed class Telling(Mailer mailer, EventOutbox outbox)
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>Tells at the end of the saga's round.</summary>
    /// <param name="template">confirmed, declined, expired, cancelled, cancel-refused, operator.</param>
    public void Tell(SagaScope scope, Booking booking, string template, string? reason) =>
        scope.Write(Saying(scope.Origin, booking, template, $"{booking.Id}:{template}", Text(booking, template, reason), scope.Now));

    /// <summary>Tells that it takes longer and what is promised; each renewal is told once.</summary>
    public Task PromiseAsync(NpgsqlTransaction transaction, Origin by, Booking booking, DateTimeOffset promiseBy, bool isRenewed, DateTimeOffset now, CancellationToken stop) =>
        transaction.RunAsync(Saying(by, booking, isRenewed ? "renewed" : "requested", $"{booking.Id}:promise:{promiseBy.ToUnixTimeSeconds()}", PromiseText(booking, promiseBy), now), stop);

    public void Publish(SagaScope scope, IBusinessEvent happened) => scope.Write(outbox.Publishing(scope.Origin, happened));

    /// <summary>"We will confirm by 18:40. Your 1,200 points are set aside, not spent."</summary>
    public static string PromiseText(Booking booking, DateTimeOffset promiseBy)
    {
        var local = TimeZoneInfo.ConvertTime(promiseBy, booking.Zone);
        var day = local.Date == TimeZoneInfo.ConvertTime(booking.CreatedAt, booking.Zone).Date ? "" : local.ToString(" 'on' d MMMM", English);
        var aside = booking.Pay == "points"
            ? $" Your {booking.AmountPoints!.Value.ToString("N0", English)} points are set aside, not spent."
            : booking.PaymentState is "authorised" ? " Your card is authorised, not charged." : "";
        return $"We are securing {(booking.IsExperience ? "your places" : "your item")}. We will confirm by {local.ToString("HH:mm", English)}{day}.{aside}";
    }

    /// <summary>A refusal in words a member understands; the vendor's own stay with the operators.</summary>
    public static string Reason(string? reason) => reason switch
    {
        null => "it could not be arranged",
        "not-enough-points" => "your points did not suffice",
        "payment-expired" => "no payment was made in time",
        "expired" => "it could not be arranged in time",
        "out-of-stock" => "the last one has gone",
        _ when reason.Contains("nsufficient", StringComparison.Ordinal) => "your points did not suffice",
        _ => "the place could not take you at this time",
    };

    /// <summary>Message and mail go by the same key: what was told is told no second time.</summary>
    private IEnumerable<NpgsqlBatchCommand> Saying(Origin by, Booking booking, string template, string key, string text, DateTimeOffset now) =>
    [
        new("INSERT INTO club.message (dedupe_key, booking, member, template, text, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING")
        {
            Parameters = { new() { Value = key }, new() { Value = booking.Id }, new() { Value = booking.Member }, new() { Value = template }, new() { Value = text }, new() { Value = now.UtcDateTime } },
        },
        .. mailer.Queuing(by, BookingMail.Name, key),
    ];

    private static string Text(Booking booking, string template, string? reason)
    {
        var what = booking.IsExperience
            ? $"{booking.Title}, {TimeZoneInfo.ConvertTime(booking.StartsAt!.Value, booking.Zone).ToString("d MMMM yyyy HH:mm", English)}, {Count(booking.Quantity, "place")}"
            : $"{booking.Quantity.ToString(English)} x {booking.Title}";
        var paid = booking.Pay == "points"
            ? $"{booking.AmountPoints!.Value.ToString("N0", English)} points"
            : Money.Text(booking.AmountMinor!.Value, booking.Currency!);
        var back = booking.Pay == "points" ? $"Your {paid} are yours again." : "Your card was not charged.";
        return template switch
        {
            "confirmed" => $"{what} is confirmed{(booking.Reference is null ? "" : $" under {booking.Reference}")}. {paid} were {(booking.Pay == "points" ? "spent" : "charged")}.",
            "declined" => $"We could not confirm {what}: {Reason(reason)}. {back}",
            "expired" => $"We could not confirm {what} in time. {back}",
            "cancelled" when booking.ConfirmedAt is null => $"{what} is cancelled. {back}",
            "cancelled" => $"{what} is cancelled. {(booking.Pay == "points" ? $"We are returning your {paid}; this is done by hand and takes a day." : $"{paid} are on their way back to your card.")}",
            "cancel-refused" => $"{what} could not be cancelled and stays confirmed. Please call the venue.",
            _ => $"{what} needs a person's eye. We are looking into it and will tell you; nothing more is taken from you meanwhile.",
        };
    }

    private static string Count(int number, string word) => number == 1 ? $"1 {word}" : $"{number.ToString(English)} {word}s";
}
