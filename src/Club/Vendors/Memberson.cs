using System.Globalization;
using System.Text.Json;
using Rialto.Platform.Connectors;

namespace Rialto.Club.Vendors;

/// <summary>A person as Memberson knows him.</summary>
internal sealed record Profile(string CustomerNumber, string Name, string FirstName, string LastName, string Email);

/// <param name="Points">Whole points: the wire's double is cut off, never rounded up.</param>
internal sealed record Membership(string MemberNo, string Tier, long Points, string? PointType);

/// <param name="Receipt">Of whoever took the points.</param>
internal sealed record Redemption(string Receipt, long Amount);

/// <summary>Memberson's operations. Every answer is told with its outcome; what it means is the caller's matter.</summary>
internal sealed class Memberson(ConnectorSet connectors, TimeProvider clock)
{
    private Connector Connector => connectors[MembersonVendor.Word];

    /// <summary>Finds a profile by an email address or a customer number; null in a good answer means that there is none.</summary>
    public async Task<(VendorAnswer Answer, Profile? Profile)> FindAsync(string name, CancellationToken stop)
    {
        var byEmail = name.Contains('@', StringComparison.Ordinal);
        var call = byEmail
            ? VendorCall.Json("search-simple", CallKind.Read, HttpMethod.Post, "/profile/search-simple", new { EmailAddress = name })
            : VendorCall.Json("search", CallKind.Read, HttpMethod.Post, "/profile/search", new { CustomerNumber = name });
        var answer = await Connector.CallAsync(call, stop);
        return (answer, answer is { IsOk: true, Body.ValueKind: JsonValueKind.Array } ? answer.Body.EnumerateArray().Select(Read).FirstOrDefault(profile => profile is not null) : null);
    }

    /// <summary>
    /// Whether the password is right. The member's token in the answer is dropped: nothing here acts in his name at the vendor. A refusal of any
    /// kind but an outage means no.
    /// </summary>
    public Task<VendorAnswer> SignInAsync(string customerNumber, string password, CancellationToken stop) => Connector.CallAsync(
        VendorCall.Json("signin", CallKind.Read, HttpMethod.Post, $"/profile/{Uri.EscapeDataString(customerNumber)}/signin", new { Password = password }), stop);

    /// <summary>The active membership that has not expired; null in a good answer means that there is none.</summary>
    public async Task<(VendorAnswer Answer, Membership? Active)> SummaryAsync(string customerNumber, CancellationToken stop)
    {
        var answer = await Connector.CallAsync(VendorCall.Get("summary", $"/profile/{Uri.EscapeDataString(customerNumber)}/summary"), stop);
        return (answer, answer.IsOk ? ReadActive(answer.Body, clock.GetUtcNow()) : null);
    }

    /// <summary>Takes points away for good: there is no call that gives them back.</summary>
    public Task<VendorAnswer> RedeemAsync(string memberNo, string pointType, long amount, string receipt, string description, CancellationToken stop) => Connector.CallAsync(
        VendorCall.Json("redeem-point", CallKind.Write, HttpMethod.Post, "/transaction/redeem-point", new
        {
            MemberNo = memberNo,
            PointType = pointType,
            TransactionDate = clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
            Location = Connector.Settings.Values.GetValueOrDefault("location", "RIALTO"),
            Amount = amount,
            RedemptionCode = receipt,
            Description = description,
            ReceiptNo = receipt,
        }) with { Key = receipt }, stop);

    /// <summary>The number of the transaction with this receipt; null in a good answer means that there is none.</summary>
    public async Task<(VendorAnswer Answer, string? Transaction)> FindRedemptionAsync(string memberNo, string receipt, CancellationToken stop)
    {
        var answer = await Connector.CallAsync(VendorCall.Get("transactions", $"/member/{Uri.EscapeDataString(memberNo)}/transactions"), stop);
        if (!answer.IsOk || answer.Body.ValueKind != JsonValueKind.Array) return (answer, null);
        var found = answer.Body.EnumerateArray().FirstOrDefault(row => row.At("ReceiptNo") is { ValueKind: JsonValueKind.String } number && number.GetString() == receipt);
        return (answer, found.At("TransactionNo")?.GetString());
    }

    /// <summary>Everything that was spent by this member, whoever took it; amounts above zero.</summary>
    public async Task<(VendorAnswer Answer, IReadOnlyList<Redemption> Redemptions)> RedemptionsAsync(string memberNo, CancellationToken stop)
    {
        var answer = await Connector.CallAsync(VendorCall.Get("transactions", $"/member/{Uri.EscapeDataString(memberNo)}/transactions"), stop);
        if (!answer.IsOk || answer.Body.ValueKind != JsonValueKind.Array) return (answer.IsOk ? VendorAnswer.Unknown("no list of transactions", answer.Status, malformed: true) : answer, []);
        return (answer, [.. answer.Body.EnumerateArray()
            .Where(row => row.At("ReceiptNo") is { ValueKind: JsonValueKind.String } && row.At("Amount") is { ValueKind: JsonValueKind.Number } amount && amount.GetDouble() < 0)
            .Select(row => new Redemption(row.At("ReceiptNo")!.Value.GetString()!, -(long)Math.Round(row.At("Amount")!.Value.GetDouble())))]);
    }

    private static Profile? Read(JsonElement row)
    {
        if (row.At("CustomerNumber")?.GetString() is not { Length: > 0 } number) return null;
        var name = row.At("Name")?.GetString() ?? "";
        var words = name.Split(' ', 2);
        return new Profile(number, name, row.At("FirstName")?.GetString() ?? words[0], row.At("LastName")?.GetString() ?? (words.Length > 1 ? words[1] : words[0]),
            row.At("EmailAddress")?.GetString() ?? "");
    }

    private static Membership? ReadActive(JsonElement body, DateTimeOffset now)
    {
        if (body.At("MembershipSummaries") is not { ValueKind: JsonValueKind.Array } all) return null;
        foreach (var one in all.EnumerateArray())
        {
            if (one.At("Status")?.GetString() != "ACTIVE" || one.At("MemberNo")?.GetString() is not { } memberNo) continue;
            if (DateTimeOffset.TryParse(one.At("ExpiryDate")?.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires) && expires < now) continue;
            var account = one.At("AccountSummaries") is { ValueKind: JsonValueKind.Array } accounts ? accounts.EnumerateArray().FirstOrDefault() : default;
            var points = account.At("Balance") is { ValueKind: JsonValueKind.Number } balance ? (long)Math.Floor(balance.GetDouble()) : 0;
            return new Membership(memberNo, one.At("Tier")?.GetString() ?? "", points, account.At("PointType")?.GetString());
        }
        return null;
    }
}
