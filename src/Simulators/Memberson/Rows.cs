namespace Rialto.Simulators.Memberson;

/// <summary>A person with what the vendor holds of him. A person may have several memberships; one is active and not expired, or none.</summary>
internal sealed record Member(
    string CustomerNumber,
    string FirstName,
    string LastName,
    string Email,
    string MobileCountryCode,
    string Mobile,
    string Password,
    IReadOnlyList<Membership> Memberships)
{
    public string Name => $"{FirstName} {LastName}";
}

/// <param name="Points">Points at the start; what is left is these and the transactions.</param>
internal sealed record Membership(string MemberNo, string Type, string Tier, string Status, DateTime ExpiryDate, string PointType, double Points, string CardNumber);

internal enum TransactionKind
{
    Earn,
    Redeem,
}

/// <param name="Amount">Points, above zero for both kinds.</param>
internal sealed record Transaction(
    string TransactionNo,
    string MemberNo,
    TransactionKind Kind,
    string PointType,
    double Amount,
    string? ReceiptNo,
    string? RedemptionCode,
    string? Location,
    string? Description,
    DateTimeOffset TransactionDate,
    DateTimeOffset At);

/// <summary>A voucher a member owns.</summary>
internal sealed record Reward(string RewardNo, string RewardTypeCode, string Name, string MemberNo, string Status, DateTime ExpiryDate, string? ReceiptNo = null);

/// <param name="TokenLifeSeconds">How long a service token lives.</param>
/// <param name="DedupesReceiptNo">Whether a second redemption with the same receipt number gets the first one's answer. Unknown of the real vendor.</param>
/// <param name="Summary">Edition of the tenant's summary: v1 (older, no cards, dates without offset) or v2.</param>
internal sealed record MembersonOptions(int TokenLifeSeconds = 3600, bool DedupesReceiptNo = false, string Summary = "v2");
