namespace Rialto.Simulators.Memberson;

/// <summary>The demo's members: every tier, one with two memberships, one expired, one with too few points for anything.</summary>
internal static class MembersonSeed
{
    public const string PointType = "Lumen Points";

    public static IEnumerable<Member> Members(string password, int extra)
    {
        yield return One("C1001", "Amara", "Okafor", "amara@example.test", "Sapphire", 48_250, password);
        yield return One("C1002", "Jun", "Watanabe", "jun@example.test", "Gold", 12_400, password);
        yield return One("C1003", "Elena", "Rossi", "elena@example.test", "Gold", 9_800, password);
        yield return One("C1004", "Wei Ling", "Tan", "weiling@example.test", "Silver", 3_600, password);
        yield return One("C1005", "Noah", "Fischer", "noah@example.test", "Silver", 1_250, password);
        yield return One("C1006", "Priya", "Raman", "priya@example.test", "Classic", 140, password);
        var two = One("C1007", "Camille", "Laurent", "camille@example.test", "Gold", 22_000, password);
        var old = two.Memberships[0] with { MemberNo = "M7001007", Tier = "Silver", Status = "EXPIRED", Points = 5_000, ExpiryDate = new DateTime(2021, 12, 31) };
        yield return two with { Memberships = [old, .. two.Memberships] };
        var gone = One("C1008", "Oskar", "Lindqvist", "oskar@example.test", "Classic", 800, password);
        yield return gone with { Memberships = [gone.Memberships[0] with { Status = "TERMINATED" }] };
        for (var number = 1; number <= extra; number++)
            yield return One($"C{20000 + number}", "Member", $"No {number}", $"member{number}@example.test", Tier(number), 50_000, password);
    }

    public static IEnumerable<Reward> Rewards()
    {
        yield return new Reward("R5001", "TEA", "Afternoon tea for two", "M1001", "ACTIVE", new DateTime(2030, 12, 31));
        yield return new Reward("R5002", "SPA", "Spa hour", "M1002", "ACTIVE", new DateTime(2030, 12, 31));
    }

    private static Member One(string number, string first, string last, string email, string tier, double points, string password) => new(
        number, first, last, email, "65", "8" + number[1..].PadLeft(7, '0'), password,
        [
            new Membership("M" + number[1..], "Lumen Club", tier, "ACTIVE", new DateTime(2035, 12, 31), PointType, points, "6288" + number[1..].PadLeft(12, '0')),
        ]);

    private static string Tier(int number) => (number % 4) switch
    {
        0 => "Sapphire",
        1 => "Gold",
        2 => "Silver",
        _ => "Classic",
    };
}
