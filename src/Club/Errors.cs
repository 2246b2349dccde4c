using Rialto.Platform.Problems;

namespace Rialto.Club;

/// <summary>Everything a caller of the club can be told that went wrong.</summary>
internal static class Errors
{
    public static readonly Problem WrongCredentials = Problem.Of(401, "wrong-credentials", "The name or the password is wrong.");
    public static readonly Problem NameMissing = Problem.Of(400, "field-missing", "Give your email address or member number.", "name");
    public static readonly Problem PasswordMissing = Problem.Of(400, "field-missing", "Give your password.", "password");
    public static readonly Problem SignInAway = Problem.Of(503, "sign-in-unavailable", "We cannot check your membership right now. Please try again in a few minutes; nothing was kept.");
    public static readonly Problem NoMembership = Problem.Of(403, "membership-not-active", "Your membership is not active. Please speak to the club.");
    public static readonly Problem NotAMember = Problem.Of(403, "not-a-member", "This is for members who signed in to the club.");
    public static readonly Problem NoSuchExperience = Problem.Of(404, "no-such-experience", "There is no such experience.");
    public static readonly Problem NoSuchItem = Problem.Of(404, "no-such-item", "There is no such item.");
    public static readonly Problem NoSuchBooking = Problem.Of(404, "no-such-booking", "There is no such booking.");
    public static readonly Problem NoSuchPicture = Problem.Of(404, "no-such-picture", "There is no such picture.");
    public static readonly Problem OtherPicture = Problem.Of(400, "other-picture", "This is not the same picture made narrower: its shape differs, or it is as wide.");
    public static readonly Problem KeyMissing = Problem.Of(400, "idempotency-key-missing", "Send an Idempotency-Key of 1 to 200 characters, so that a repetition books nothing twice.", "Idempotency-Key");
    public static readonly Problem KeyReused = Problem.Of(422, "idempotency-key-reused", "This Idempotency-Key was used for another request.", "Idempotency-Key");
    public static readonly Problem PayWrong = Problem.Of(400, "field-wrong", "Pay is \"points\" or \"card\".", "pay");
    public static readonly Problem StartWrong = Problem.Of(400, "field-wrong", "Give startsAt as a time such as 2026-11-24T19:00, local to the venue, or with an offset.", "startsAt");
    public static readonly Problem StartTooSoon = Problem.Of(422, "too-late-to-book", "It is too late to book this time.", "startsAt");
    public static readonly Problem StartTooFar = Problem.Of(422, "too-early-to-book", "This is more than a year ahead.", "startsAt");
    public static readonly Problem OutOfStock = Problem.Of(409, "out-of-stock", "There are not enough left.", "quantity");
    public static readonly Problem CannotCancel = Problem.Of(409, "cannot-be-cancelled", "This booking cannot be cancelled any more.");
    public static readonly Problem TooLateToCancel = Problem.Of(409, "too-late-to-cancel", "It is too late to cancel; please call the venue.");
    public static readonly Problem NotWaiting = Problem.Of(409, "not-waiting", "This booking is not waiting for anything.");

    public static Problem Tickets(string field, int most) => Problem.Of(400, "field-wrong", $"Give a whole number from 1 to {most}.", field);

    public static Problem NotForPoints(string pay) => Problem.Of(422, "payment-not-offered", $"This cannot be paid by {pay}.", "pay");

    /// <summary>The card is offered in the same breath.</summary>
    public static Problem NotEnoughPoints(long available, long needed, long? minor, string currency) => Problem.Of(409, "not-enough-points",
        $"You have {available:N0} points; this takes {needed:N0}.{(minor is null ? "" : " You can pay by card instead.")}", "pay",
        new { available, needed, offer = minor is null ? null : new { pay = "card", amount = minor, currency } });

    public static Problem OverOfflineCap(long cap) => Problem.Of(409, "points-limited",
        $"We cannot see your points right now and can set aside at most {cap:N0}. Please try a smaller booking, pay by card, or come back a little later.", "pay", new { cap });
}
