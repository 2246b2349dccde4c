using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Club.Vendors;
using Rialto.Platform.Mail;
using Rialto.Simulators.Memberson;

namespace Rialto.Club.Tests.Conformance;

[Collection(ConformanceGroup.Name)]
public sealed class SevenRoomsConformance(ConformanceWorld conformance) : SeatConformance(conformance)
{
    private protected override string ManifestName => "sevenrooms";

    private protected override string Place => World.Rooftop;

    private protected override IEnumerable<JsonNode> Rows(KitCase one) =>
        one.World.Effects("sevenrooms", "reservations").Select(row => row!).Where(row => row["externalId"]?.GetValue<string>() == one.Subject);

    private protected override bool IsLive(JsonNode row) => row["isLive"]!.GetValue<bool>();
}

[Collection(ConformanceGroup.Name)]
public sealed class QuaybookConformance(ConformanceWorld conformance) : SeatConformance(conformance)
{
    private protected override string ManifestName => "quaybook";

    private protected override string Place => World.Lawn;

    private protected override IEnumerable<JsonNode> Rows(KitCase one) =>
        one.World.Effects("quaybook", "bookings").Select(row => row!).Where(row => row["merchantReference"]?.GetValue<string>() == one.Subject);

    private protected override bool IsLive(JsonNode row) => row["isLive"]!.GetValue<bool>();
}

[Collection(ConformanceGroup.Name)]
public sealed class MembersonConformance(ConformanceWorld conformance) : ConnectorConformance(conformance)
{
    private const string Customer = "C1001";
    private const string MemberNo = "M1001";

    private protected override string Name => "memberson";

    private protected override IEnumerable<string> Members => ClientMethods.Of<Memberson>().Append("FindAsync by number");

    private protected override IReadOnlyList<KitOperation> Operations =>
    [
        new KitRead("FindAsync", _ => FindAsync("amara@example.test")),
        new KitRead("FindAsync by number", _ => FindAsync(Customer)),
        new KitRead("SignInAsync", async _ => new KitAnswer(await Client.SignInAsync(Customer, World.MemberPassword, CancellationToken.None), true)),
        new KitRead("SummaryAsync", async _ =>
        {
            var (answer, active) = await Client.SummaryAsync(Customer, CancellationToken.None);
            return new KitAnswer(answer, active is not null);
        }),
        new KitRead("FindRedemptionAsync", async one =>
        {
            var (answer, found) = await Client.FindRedemptionAsync(MemberNo, one.Subject, CancellationToken.None);
            return new KitAnswer(answer, found is not null);
        })
        { Before = one => RedeemAsync(one) },
        new KitRead("RedemptionsAsync", async one =>
        {
            var (answer, all) = await Client.RedemptionsAsync(MemberNo, CancellationToken.None);
            return new KitAnswer(answer, all.Any(redemption => redemption.Receipt == one.Subject));
        })
        { Before = one => RedeemAsync(one) },
        new KitWrite("RedeemAsync", RedeemAsync, one => one.World.Effects("memberson", "transactions").Count(row => row!["receiptNo"]?.GetValue<string>() == one.Subject))
        {
            LooksBy = "FindRedemptionAsync",
            Look = async one =>
            {
                var (answer, found) = await Client.FindRedemptionAsync(MemberNo, one.Subject, CancellationToken.None);
                return answer.IsOk ? found is not null : null;
            },
        },
    ];

    private Memberson Client => World.Services.GetRequiredService<Memberson>();

    private async Task<KitAnswer> FindAsync(string name)
    {
        var (answer, profile) = await Client.FindAsync(name, CancellationToken.None);
        return new KitAnswer(answer, profile?.CustomerNumber == Customer);
    }

    private async Task<KitAnswer> RedeemAsync(KitCase one)
    {
        var answer = await Client.RedeemAsync(MemberNo, MembersonSeed.PointType, 1, one.Subject, "conformance", CancellationToken.None);
        return new KitAnswer(answer, answer.Text("TransactionNo") is not null);
    }
}

[Collection(ConformanceGroup.Name)]
public sealed class MailConformance(ConformanceWorld conformance) : ConnectorConformance(conformance)
{
    private protected override string Name => "mail";

    // A mail is the one thing that this connector does.
    private protected override IEnumerable<string> Members => ["send"];

    private protected override IReadOnlyList<KitOperation> Operations =>
    [
        new KitWrite("send", async one =>
        {
            var transport = World.Services.GetRequiredService<MailTransport>();
            var answer = await transport.CallProviderAsync(new MailMessage(one.Subject, "amara@example.test", "Conformance", "A mail."), CancellationToken.None);
            return new KitAnswer(answer, answer.Text("id") is not null);
        }, one => one.World.Effects("mail", "mails").Count(mail => mail!["key"]?.GetValue<string>() == one.Subject))
        { HasNativeKey = true },
    ];
}

internal static class ClientMethods
{
    /// <summary>Everything a client can ask its vendor.</summary>
    public static IEnumerable<string> Of<T>() =>
        typeof(T).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => method.ReturnType.IsAssignableTo(typeof(Task))).Select(method => method.Name);
}
