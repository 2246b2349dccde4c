using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;

namespace Rialto.Club.Tests;

/// <summary>Holds what the club claims against what the vendors have really done.</summary>
internal static class Judge
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private sealed class Claim
    {
        public required Guid Id { get; init; }
        public required string State { get; init; }
        public string? Reason { get; init; }
        public required string What { get; init; }
        public string? Connector { get; init; }
        public required string Pay { get; init; }
        public long? AmountPoints { get; init; }
        public long? AmountMinor { get; init; }
        public DateTimeOffset? ConfirmedAt { get; init; }
    }

    /// <summary>The effects of a vendor as its own control route tells them.</summary>
    public static JsonArray Effects(this World world, string vendor, string table) =>
        JsonSerializer.SerializeToNode(world.Vendor(vendor).Effects(), Web)![table]!.AsArray();

    /// <summary>A person pays at the page of the card vendor.</summary>
    public static void Pay(this World world, Guid booking) => world.PayPage(booking.ToString());

    /// <param name="page">Id of the page, or of the booking for its last one.</param>
    public static void PayPage(this World world, string page)
    {
        using var http = new HttpClient();
        using var answer = http.PostAsync($"{world.Outside.Urls["control"]}/_sim/stripe/sessions/{page}/pay", new StringContent("{}")).GetAwaiter().GetResult();
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A host at the venue decides.</summary>
    public static async Task DecideAsync(this World world, Guid booking, string status)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync($"{world.Outside.Urls["control"]}/_sim/sevenrooms/reservations/{booking}/status", new StringContent($$"""{"status":"{{status}}"}"""));
        answer.EnsureSuccessStatusCode();
    }

    public static Task<IReadOnlyList<string>> MailsAsync(this World world, Guid booking)
    {
        IReadOnlyList<string> texts = [.. world.Effects("mail", "mails").Where(mail => mail!.ToJsonString().Contains(booking.ToString(), StringComparison.Ordinal)).Select(mail => mail!.ToJsonString())];
        return Task.FromResult(texts);
    }

    /// <summary>Every invariant of the whole world, and everything the vendors hold for this booking.</summary>
    /// <param name="ends">The states in which it may have ended.</param>
    public static async Task JudgeAsync(this World world, Guid booking, params string[] ends)
    {
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        var claim = await connection.QuerySingleAsync<Claim>(
            "SELECT id, state, reason, what, connector, pay, amount_points, amount_minor, confirmed_at FROM club.booking WHERE id = @booking", new { booking });
        ends.ShouldContain(claim.State, $"it ended {claim.State}: {claim.Reason}");
        (await world.BreachesAsync()).ShouldBeEmpty();
        JudgeSeat(world, claim);
        JudgePoints(world, claim);
        JudgeMoney(world, claim);
        await JudgeMailsAsync(world, claim);
    }

    /// <summary>I5: at most one live reservation, exactly one when it is confirmed.</summary>
    private static void JudgeSeat(World world, Claim claim)
    {
        if (claim.Connector is null) return;
        var live = claim.Connector == "sevenrooms"
            ? world.Effects("sevenrooms", "reservations").Count(row => Is(row!, "externalId", claim.Id.ToString()) && row!["isLive"]!.GetValue<bool>())
            : world.Effects("quaybook", "bookings").Count(row => Is(row!, "merchantReference", claim.Id.ToString()) && row!["state"]!.GetValue<string>() is not ("cancelled" or "rejected"));
        live.ShouldBe(claim.State == "confirmed" ? 1 : 0, "I5: live reservations at the vendor");
    }

    /// <summary>I6: redeemed at the vendor at most once, and exactly its amount if and only if it was confirmed.</summary>
    private static void JudgePoints(World world, Claim claim)
    {
        var receipt = "RLT" + claim.Id.ToString("N").ToUpperInvariant();
        var redeemed = world.Effects("memberson", "transactions").Where(row => Is(row!, "receiptNo", receipt)).Select(row => (long)row!["amount"]!.GetValue<double>()).ToArray();
        if (claim is { Pay: "points", ConfirmedAt: not null }) redeemed.ShouldBe([claim.AmountPoints!.Value], "I6: redemptions at the vendor");
        else redeemed.ShouldBeEmpty("I6: redemptions at the vendor");
    }

    /// <summary>I7, I8: captured if and only if it was confirmed, given back when cancelled, and nothing left authorised.</summary>
    private static void JudgeMoney(World world, Claim claim)
    {
        var intents = world.Effects("stripe", "paymentIntents").Where(row => row!["metadata"]?["reference"]?.GetValue<string>() == claim.Id.ToString()).Select(row => row!).ToArray();
        var captured = intents.Sum(row => row["amountReceived"]!.GetValue<long>());
        var refunded = intents.Sum(row => row["amountRefunded"]!.GetValue<long>());
        captured.ShouldBe(claim is { Pay: "card", ConfirmedAt: not null } ? claim.AmountMinor!.Value : 0, "I7: money captured");
        refunded.ShouldBe(claim.State == "cancelled" ? captured : 0, "I7: money refunded");
        intents.Count(row => Is(row, "status", "requires_capture")).ShouldBe(0, "I8: cards authorised");
        world.Effects("stripe", "sessions").Count(row => Is(row!, "clientReferenceId", claim.Id.ToString()) && Is(row!, "status", "open") && !IsOver(world, row!))
            .ShouldBe(0, "I8: pages on which can still be paid");
    }

    /// <summary>I11: who got a mail that it is confirmed has a booking that was, once; and who has one got the mail.</summary>
    private static async Task JudgeMailsAsync(World world, Claim claim)
    {
        var confirmed = (await world.MailsAsync(claim.Id)).Count(mail => mail.Contains($"{claim.Id}:confirmed", StringComparison.Ordinal));
        confirmed.ShouldBe(claim.ConfirmedAt is null ? 0 : 1, "I11: mails that it is confirmed");
    }

    private static bool IsOver(World world, JsonNode session) => session["expiresAt"]!.GetValue<DateTimeOffset>() <= world.Time.GetUtcNow();

    private static bool Is(JsonNode row, string name, string value) => row[name]?.GetValue<string>() == value;
}
