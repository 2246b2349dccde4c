using System.Globalization;
using Rialto.Platform.Connectors;
using Rialto.Platform.Connectors.Manifests;

namespace Rialto.Club.Vendors;

/// <summary>When and where a party wants to sit.</summary>
/// <param name="StartsAt">In the venue's own offset.</param>
internal sealed record Seat(string Connector, string Venue, TimeZoneInfo Zone, DateTimeOffset StartsAt, int Party)
{
    public string Date => StartsAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Bookings of one venue and day contend for the same seats, so they are sent in the order in which they were made.</summary>
    public string Lane => $"{Connector}:{Venue}:{Date}";
}

internal sealed record Guest(string FirstName, string LastName, string Email, string CustomerNumber, string? MemberNo);

/// <param name="Instant">Booked at once; otherwise the venue must approve.</param>
internal sealed record Slot(DateTimeOffset StartsAt, bool Instant, int? Left);

/// <param name="State">booked, requested or dead.</param>
internal sealed record Reservation(string Id, string? Reference, string State);

/// <summary>
/// The booking vendors, each described by its manifest. This is all the rest of the club knows of them: a new vendor is a manifest that has these
/// operations, and no change here.
/// </summary>
internal sealed class SeatVendors
{
    public const string Availability = "availability";
    public const string Book = "book";
    public const string Find = "find";
    public const string Cancel = "cancel";

    /// <summary>What a manifest must have to be a booking vendor, and what each operation must tell.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Required = new Dictionary<string, string[]>
    {
        [Availability] = ["startsAt", "mode"], [Book] = ["id", "state"], [Find] = ["id", "state"], [Cancel] = [],
    };

    private readonly ConnectorSet _connectors;
    private readonly Dictionary<string, ManifestVendor> _vendors;

    public SeatVendors(ConnectorSet connectors, IEnumerable<Vendor> vendors)
    {
        _connectors = connectors;
        _vendors = vendors.OfType<ManifestVendor>().ToDictionary(vendor => vendor.Name, StringComparer.Ordinal);
    }

    public IReadOnlyCollection<ManifestVendor> All => _vendors.Values;

    public ManifestVendor? FindVendor(string name) => _vendors.GetValueOrDefault(name);

    public static IEnumerable<string> Problems(Manifest manifest)
    {
        foreach (var (operation, facts) in Required)
        {
            if (!manifest.Operations.TryGetValue(operation, out var rule)) yield return $"{manifest.Name} lacks the operation {operation}.";
            else foreach (var fact in facts.Where(fact => rule.Facts?.ContainsKey(fact) != true)) yield return $"{manifest.Name}.{operation} does not tell {fact}.";
        }
    }

    public async Task<(VendorAnswer Answer, IReadOnlyList<Slot> Slots)> AvailabilityAsync(Seat seat, CancellationToken stop)
    {
        var inputs = Inputs(seat);
        var answer = await CallAsync(seat.Connector, Availability, inputs, null, stop);
        if (!answer.IsOk) return (answer, []);
        var slots = _vendors[seat.Connector].Things(Availability, answer.Body, inputs, zone: seat.Zone)
            .Where(thing => thing.ContainsKey("startsAt"))
            .Select(thing => new Slot(DateTimeOffset.Parse(thing["startsAt"], CultureInfo.InvariantCulture), thing.GetValueOrDefault("mode") == "instant",
                int.TryParse(thing.GetValueOrDefault("left"), CultureInfo.InvariantCulture, out var left) ? left : null));
        return (answer, [.. slots]);
    }

    public async Task<(VendorAnswer Answer, Reservation? Made)> BookAsync(Seat seat, Guest guest, string key, string? notes, CancellationToken stop)
    {
        var inputs = Inputs(seat);
        inputs["firstName"] = guest.FirstName;
        inputs["lastName"] = guest.LastName;
        inputs["fullName"] = $"{guest.FirstName} {guest.LastName}".Trim();
        inputs["email"] = guest.Email;
        inputs["customer"] = guest.CustomerNumber;
        inputs["memberNo"] = guest.MemberNo;
        inputs["notes"] = notes;
        var answer = await CallAsync(seat.Connector, Book, inputs, key, stop);
        return (answer, answer.IsOk ? Read(_vendors[seat.Connector].Things(Book, answer.Body, inputs, key)) : null);
    }

    /// <summary>Every reservation under this key, the live ones first: more than one means that something went wrong before.</summary>
    public async Task<(VendorAnswer Answer, IReadOnlyList<Reservation> Found)> FindAsync(Seat seat, string key, CancellationToken stop)
    {
        var inputs = Inputs(seat);
        var vendor = _vendors[seat.Connector];
        var found = new List<Reservation>();
        var call = vendor.Call(Find, inputs, key);
        while (true)
        {
            var answer = await _connectors[seat.Connector].CallAsync(call, stop);
            if (!answer.IsOk) return (answer, []);
            found.AddRange(vendor.Things(Find, answer.Body, inputs, key).Select(thing => Read([thing])).OfType<Reservation>());
            if (vendor.Next(Find, call, answer.Body) is not { } next) return (answer, [.. found.OrderBy(one => one.State == "dead")]);
            call = next;
        }
    }

    public async Task<VendorAnswer> CancelAsync(Seat seat, string reservation, string key, CancellationToken stop)
    {
        var inputs = Inputs(seat);
        inputs["id"] = reservation;
        return await CallAsync(seat.Connector, Cancel, inputs, key, stop);
    }

    private Task<VendorAnswer> CallAsync(string connector, string operation, Inputs inputs, string? key, CancellationToken stop) =>
        _connectors[connector].CallAsync(_vendors[connector].Call(operation, inputs, key), stop);

    private static Reservation? Read(IReadOnlyList<IReadOnlyDictionary<string, string>> things) =>
        things is [var thing, ..] && thing.TryGetValue("id", out var id) && thing.TryGetValue("state", out var state)
            ? new Reservation(id, thing.GetValueOrDefault("reference"), state)
            : null;

    private static Inputs Inputs(Seat seat)
    {
        var day = seat.StartsAt.Date;
        return new Inputs
        {
            ["venue"] = seat.Venue,
            ["startsAt"] = seat.StartsAt,
            ["party"] = seat.Party,
            ["dayStart"] = new DateTimeOffset(day, seat.Zone.GetUtcOffset(day)),
            ["dayEnd"] = new DateTimeOffset(day.AddDays(1), seat.Zone.GetUtcOffset(day.AddDays(1))).AddSeconds(-1),
        };
    }
}
