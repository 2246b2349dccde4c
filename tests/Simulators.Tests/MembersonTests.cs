namespace Rialto.Simulators.Tests;

public sealed class MembersonTests : Rig
{
    [Fact]
    public async Task Token_is_a_bare_json_string_and_dies_after_its_life()
    {
        var token = await ServiceToken();
        Guid.TryParse(token, out _).ShouldBeTrue();
        (await Memberson(HttpMethod.Get, "/profile/C1002/summary", token)).Status.ShouldBe(200);
        World.Clock.Advance(TimeSpan.FromMinutes(61));
        (await Memberson(HttpMethod.Get, "/profile/C1002/summary", token)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_call_without_service_authorisation_is_refused() =>
        (await Send(HttpMethod.Post, $"{Url("memberson")}/api/user/authenticate", Text("{}"))).Status.ShouldBe(401);

    [Fact]
    public async Task Sign_in_finds_the_profile_by_email_and_checks_the_password()
    {
        var token = await ServiceToken();
        var found = (await Memberson(HttpMethod.Post, "/profile/search-simple", token, """{"EmailAddress":"JUN@example.test"}""")).Json;
        found[0].GetProperty("CustomerNumber").GetString().ShouldBe("C1002");
        (await Memberson(HttpMethod.Post, "/profile/C1002/signin", token, """{"Password":"wrong"}""")).Status.ShouldBe(400);
        var signedIn = await Memberson(HttpMethod.Post, "/profile/C1002/signin", token, $$"""{"Password":"{{World.Options.MemberPassword}}"}""");
        signedIn.At("Token").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Summary_has_every_membership_and_a_double_balance_in_both_editions()
    {
        var token = await ServiceToken();
        var memberships = (await Memberson(HttpMethod.Get, "/profile/C1007/summary", token)).At("MembershipSummaries");
        memberships.EnumerateArray().Select(one => one.GetProperty("Status").GetString()).ShouldBe(["EXPIRED", "ACTIVE"]);
        memberships[1].GetProperty("AccountSummaries")[0].GetProperty("Balance").GetDouble().ShouldBe(22_000);
        memberships[1].TryGetProperty("CardSummaries", out _).ShouldBeTrue();
        await Options("memberson", """{"summary":"v1"}""");
        (await Memberson(HttpMethod.Get, "/profile/C1007/summary", token)).At("MembershipSummaries")[1].TryGetProperty("CardSummaries", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_redemption_takes_points_and_is_found_by_its_receipt()
    {
        var token = await ServiceToken();
        (await Redeem(token, "R-1", 400)).Status.ShouldBe(200);
        var rows = (await Memberson(HttpMethod.Get, "/member/M1002/transactions", token)).Json;
        rows.EnumerateArray().Single(row => row.GetProperty("ReceiptNo").GetString() == "R-1").GetProperty("Amount").GetDouble().ShouldBe(-400);
        (await Memberson(HttpMethod.Get, "/profile/C1002/summary", token)).At("MembershipSummaries")[0].GetProperty("AccountSummaries")[0].GetProperty("Balance").GetDouble()
            .ShouldBe(12_000);
    }

    [Fact]
    public async Task More_points_than_there_are_is_refused_and_changes_nothing()
    {
        var refused = await Redeem(await ServiceToken(), "R-2", 12_401);
        refused.Status.ShouldBe(400);
        refused.Text.ShouldContain("Insufficient");
        (await Count("memberson", "transactions")).ShouldBe(0);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task A_receipt_sent_twice_spends_twice_unless_the_tenant_dedupes(bool dedupes, int expected)
    {
        await Options("memberson", $$"""{"dedupesReceiptNo":{{(dedupes ? "true" : "false")}}}""");
        var token = await ServiceToken();
        (await Redeem(token, "R-3", 100)).Status.ShouldBe(200);
        (await Redeem(token, "R-3", 100)).Status.ShouldBe(200);
        (await Count("memberson", "transactions")).ShouldBe(expected);
    }

    [Fact]
    public async Task Points_spent_at_a_shop_till_lower_the_balance()
    {
        (await Send(HttpMethod.Post, $"{Url("memberson")}/_sim/points", Text("""{"memberNo":"M1002","amount":-12000}"""))).At("balance").GetDouble().ShouldBe(400);
        (await Redeem(await ServiceToken(), "R-4", 500)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_voucher_is_used_once()
    {
        var token = await ServiceToken();
        (await Memberson(HttpMethod.Post, "/reward/redeem", token, """{"RewardNo":"R5001","ReceiptNo":"V-1"}""")).Status.ShouldBe(200);
        (await Memberson(HttpMethod.Post, "/reward/redeem", token, """{"RewardNo":"R5001","ReceiptNo":"V-2"}""")).Status.ShouldBe(400);
        (await Memberson(HttpMethod.Get, "/reward/R5001", token)).At("Status").GetString().ShouldBe("UTILIZED");
    }
}
