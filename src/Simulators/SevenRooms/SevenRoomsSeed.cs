using System.Text;

namespace Rialto.Simulators.SevenRooms;

/// <summary>The demo's venues: a restaurant, a bar whose terrace must be asked for, a private dining room with one table, a rooftop.</summary>
internal static class SevenRoomsSeed
{
    public const string Group = "ahNzfnNldmVucm9vbXMtc2VjdXJlchMLEgpWZW51ZUdyb3VwGJGk";

    public static string Id(string kind, string name) =>
        "ahNzfnNldmVucm9vbXMtc2VjdXJl" + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{kind}:{name}")).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static IEnumerable<Venue> Venues()
    {
        yield return new Venue(Id("Venue", "verlaine"), Group, "Maison Verlaine", "Asia/Singapore",
        [
            new Shift("Lunch", "LUNCH", "shift-verlaine-lunch", "12:00", "14:30", 30, 40),
            new Shift("Dinner", "DINNER", "shift-verlaine-dinner", "18:00", "22:00", 30, 60, ClosedOn: 1),
        ]);
        yield return new Venue(Id("Venue", "terrace"), Group, "The Lantern Terrace", "Asia/Singapore",
        [
            new Shift("Sunset", "DINNER", "shift-terrace-sunset", "17:30", "21:30", 30, 24, Type: "request"),
        ]);
        yield return new Venue(Id("Venue", "chefstable"), Group, "Chef's Table Kumo", "Asia/Tokyo",
        [
            new Shift("Evening", "DINNER", "shift-kumo-evening", "18:00", "20:00", 60, 8),
        ]);
        yield return new Venue(Id("Venue", "rooftop"), Group, "Altana Rooftop", "Europe/Rome",
        [
            new Shift("All evening", "DINNER", "shift-altana-evening", "18:00", "23:30", 15, 2_000),
        ]);
    }
}
