using Rialto.Simulators.Machinery;

namespace Rialto.Simulators.Memberson;

/// <summary>Finding a member and telling what the vendor knows of him.</summary>
internal sealed partial class MembersonVendor
{
    private Reply SearchSimple(Request request)
    {
        var email = request.JsonText("EmailAddress");
        return Answer(members.Rows.Where(member => member.Email.Equals(email, StringComparison.OrdinalIgnoreCase)).Select(Profile));
    }

    private Reply Search(Request request)
    {
        bool Has(string field, string value) => request.JsonText(field) is { Length: > 0 } wanted && wanted.Equals(value, StringComparison.OrdinalIgnoreCase);
        return Answer(members.Rows
            .Where(member => Has("CustomerNumber", member.CustomerNumber) || Has("EmailAddress", member.Email) || Has("MobileNumber", member.Mobile)
                || Has("Name", member.Name) || member.Memberships.Any(membership => Has("CardNumber", membership.CardNumber)))
            .Select(Profile));
    }

    private Reply Summary(Request request)
    {
        if (members.Find(request.Route("customerNumber")) is not { } member)
            return Refuse(404, "Profile not found");
        return Answer(new
        {
            member.CustomerNumber,
            member.Name,
            MembershipSummaries = member.Memberships.Select(membership => options.Summary == "v1"
                ? new
                {
                    membership.MemberNo, membership.Type, membership.Tier, membership.Status, ExpiryDate = membership.ExpiryDate.ToString("yyyy-MM-ddTHH:mm:ss"),
                    AccountSummaries = new[] { new { Balance = Balance(membership) } },
                }
                : (object)new
                {
                    membership.MemberNo, membership.Type, membership.Tier, membership.Status, ExpiryDate = membership.ExpiryDate.ToString("yyyy-MM-ddTHH:mm:ss+08:00"),
                    AccountSummaries = new[] { new { membership.PointType, Balance = Balance(membership) } },
                    CardSummaries = new[] { new { membership.CardNumber } },
                }),
        });
    }

    private Reply Memberships(Request request)
    {
        if (members.Find(request.Route("customerNumber")) is not { } member)
            return Refuse(404, "Profile not found");
        var type = request.Query("memberType");
        return Answer(member.Memberships.Where(membership => type is null || membership.Type == type)
            .Select(membership => new { membership.MemberNo, membership.Type, membership.Tier, membership.Status, membership.ExpiryDate }));
    }

    private Reply ConversionRate(Request request) => Answer(new[]
    {
        new { ToCurrency = "SGD", FromRate = 100.0, ToRate = 1.0 },
        new { ToCurrency = "EUR", FromRate = 145.0, ToRate = 1.0 },
    });

    private Reply Discounts(Request request) => FindMembership(request.JsonText("MemberNumber")) is not { Tier: "Sapphire" }
        ? Answer(Array.Empty<object>())
        : Answer(new[] { new { Amount = 10.0, ValidFrom = "2020-01-01T00:00:00", ExpiryDate = "2035-12-31T00:00:00", Status = "ACTIVE" } });

    private static object Profile(Member member) => new
    {
        member.CustomerNumber,
        member.Name,
        MobileNumber = member.Mobile,
        EmailAddress = member.Email,
        DOB = "1985-01-01T00:00:00",
        member.FirstName,
        member.LastName,
        GenderCode = "U",
        NationalityCode = "SG",
        HasActiveMembership = member.Memberships.Any(membership => membership.Status == "ACTIVE"),
    };
}
