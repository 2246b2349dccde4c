namespace Rialto.Contracts.Club;

/// <summary>A member asked for a booking or a redemption.</summary>
/// <param name="What"><c>experience</c> or <c>item</c>.</param>
/// <param name="Pay"><c>points</c> or <c>card</c>.</param>
/// <param name="Unit">Business unit.</param>
public sealed record BookingRequested(Guid Booking, Guid Member, string What, string Pay, string Unit, string Title, int Quantity) : IBusinessEvent
{
    public string Key => $"booking:{Booking}";
}

/// <summary>It is confirmed and paid for. <see cref="Amount"/> is money; points are in <see cref="Points"/>.</summary>
public sealed record BookingConfirmed(Guid Booking, Guid Member, string What, string Pay, string Unit, string Title, int Quantity, long Points, long Amount, string Currency) : IMoneyEvent
{
    public string Key => $"booking:{Booking}";
}

/// <summary>It did not come about; nothing was taken.</summary>
/// <param name="Ending"><c>declined</c>, <c>expired</c> or <c>cancelled</c>.</param>
public sealed record BookingEnded(Guid Booking, Guid Member, string What, string Pay, string Unit, string Ending) : IBusinessEvent
{
    public string Key => $"booking:{Booking}";
}

/// <summary>A confirmed booking was cancelled; the money goes back, points are returned by staff.</summary>
public sealed record BookingCancelled(Guid Booking, Guid Member, string What, string Pay, string Unit, long Points, long Amount, string Currency) : IMoneyEvent
{
    public string Key => $"booking:{Booking}";
}
