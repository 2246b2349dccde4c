using System.Globalization;
using Rialto.Simulators.Machinery;

namespace Rialto.Simulators.Memberson;

/// <summary>Spending points and vouchers, and the transactions by which a spending is found again.</summary>
internal sealed partial class MembersonVendor
{
    private Reply RedeemPoint(Request request)
    {
        var receipt = request.JsonText("ReceiptNo");
        if (FindMembership(request.JsonText("MemberNo")) is not { } membership)
            return Refuse(404, "Membership not found");
        if (receipt is null || request.JsonText("RedemptionCode") is not { } code || request.JsonNumber("Amount") is not { } amount || amount <= 0)
            return Refuse(400, "ReceiptNo, RedemptionCode and Amount are required");
        if (request.JsonText("PointType") != membership.PointType)
            return Refuse(400, "Point type is not valid");
        if (!DateTimeOffset.TryParse(request.JsonText("TransactionDate"), CultureInfo.InvariantCulture, out var date))
            return Refuse(400, "TransactionDate is not valid");
        if (options.DedupesReceiptNo && transactionsOf.GetValueOrDefault(membership.MemberNo)?.Find(row => row.ReceiptNo == receipt) is { } known)
            return Answer(Redeemed(known, membership));
        if (membership.Status != "ACTIVE" || membership.ExpiryDate < Now.DateTime)
            return Refuse(400, "Membership is not active");
        if (Balance(membership) < amount)
            return Refuse(400, "Insufficient points");
        return Answer(Redeemed(
            Record(membership, TransactionKind.Redeem, amount, receipt, code, request.JsonText("Location"), request.JsonText("Description"), date), membership));
    }

    private Reply Transactions(Request request)
    {
        if (FindMembership(request.Route("memberNo")) is not { } membership)
            return Refuse(404, "Membership not found");
        DateTimeOffset.TryParse(request.Query("fromDate"), CultureInfo.InvariantCulture, out var from);
        return Answer((transactionsOf.GetValueOrDefault(membership.MemberNo) ?? [])
            .Where(row => row.TransactionDate >= from)
            .Select(row => new
            {
                row.TransactionNo,
                TransactionDate = row.TransactionDate.ToString("yyyy-MM-ddTHH:mm:sszzz"),
                Type = row.Kind == TransactionKind.Redeem ? "REDEEM" : "EARN",
                row.PointType,
                Amount = row.Kind == TransactionKind.Redeem ? -row.Amount : row.Amount,
                row.ReceiptNo,
                row.RedemptionCode,
                row.Location,
                row.Description,
                Status = "ACTIVE",
            }));
    }

    private Reply RewardTypes(Request request) => Answer(rewards.Rows.Select(row => new { Code = row.RewardTypeCode, row.Name }).DistinctBy(type => type.Code));

    private Reply GetReward(Request request) => rewards.Find(request.Route("rewardNo")) is { } reward
        ? Answer(new { reward.RewardNo, RewardType = reward.RewardTypeCode, reward.Name, reward.MemberNo, reward.Status, reward.ExpiryDate })
        : Refuse(404, "Reward not found");

    private Reply RedeemReward(Request request)
    {
        if (rewards.Find(request.JsonText("RewardNo")) is not { } reward)
            return Refuse(404, "Reward not found");
        if (reward.Status != "ACTIVE" || reward.ExpiryDate < Now.DateTime)
            return Refuse(400, "Reward is not available");
        rewards.Put(reward with { Status = "UTILIZED", ReceiptNo = request.JsonText("ReceiptNo") });
        return Answer(new { reward.RewardNo, Status = "UTILIZED" });
    }

    private object Redeemed(Transaction row, Membership membership) =>
        new { row.TransactionNo, row.ReceiptNo, row.Amount, Balance = Balance(membership) };
}
