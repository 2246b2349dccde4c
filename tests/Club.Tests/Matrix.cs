using Rialto.Simulators.Machinery;

namespace Rialto.Club.Tests;

/// <summary>One case: a way, an external call on it, and what goes wrong with that call.</summary>
/// <param name="Before">What goes wrong first, so that the call is made at all: a lookup is made only after an unknown outcome.</param>
internal sealed record Case(Path Path, string Vendor, string Operation, FaultKind Kind, (string Operation, FaultKind Kind)? Before = null, bool Dedupes = true)
{
    /// <summary>Another thing that goes wrong with the same booking, with any call of its way.</summary>
    public (string Vendor, string Operation, FaultKind Kind)? Second { get; init; }

    /// <summary>The vendor says no: then it is taken back, or stands as it was, or an operator decides.</summary>
    public bool IsRefusal => Kind == FaultKind.OkHttpBadStatus || Second?.Kind == FaultKind.OkHttpBadStatus;

    public IReadOnlyDictionary<string, IReadOnlyList<Fault>> FaultsByVendor => Second is not { } second
        ? new Dictionary<string, IReadOnlyList<Fault>> { [Vendor] = Faults }
        : new[] { (Vendor, Faults), (second.Vendor, [Of(second.Operation, second.Kind)]) }.GroupBy(one => one.Item1)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<Fault>)[.. group.SelectMany(one => one.Item2)]);

    public IReadOnlyList<Fault> Faults
    {
        get
        {
            var fault = Of(Operation, Kind);
            return Before is { } before ? [new Fault(before.Operation, before.Kind, Times: 1), fault] : [fault];
        }
    }

    public override string ToString() =>
        $"{Path}: {Vendor} {Operation} {FaultWords.Name(Kind)}{(Before is null ? "" : " after " + Before.Value.Operation)}{(Dedupes ? "" : " (receipts not unique)")}"
        + (Second is { } second ? $" and {second.Vendor} {second.Operation} {FaultWords.Name(second.Kind)}" : "");

    private static Fault Of(string operation, FaultKind kind) => new(operation, kind, Times: 1, Milliseconds: kind == FaultKind.Refuse ? 50 : null);
}

/// <summary>Every external call of every way, and for each everything that can go wrong with it.</summary>
internal static class Matrix
{
    /// <summary>Part of a case's or a way's name: RIALTO_MATRIX=redeem-point plays those cases only. For a person who looks for a cause, and for <c>bench/Club guards</c>.</summary>
    private static readonly string? Part = Environment.GetEnvironmentVariable("RIALTO_MATRIX");

    /// <summary>All of them, or those that were asked for.</summary>
    public static IReadOnlyList<T> Chosen<T>(IEnumerable<T> all)
        where T : notnull => [.. all.Where(one => Part is null || one.ToString()!.Contains(Part, StringComparison.Ordinal))];

    /// <summary>For a write: everything a simulator can do to a call.</summary>
    private static readonly FaultKind[] OfWrites =
    [
        FaultKind.SlowDrip, FaultKind.Refuse, FaultKind.TimeoutBeforeEffect, FaultKind.TimeoutAfterEffect, FaultKind.DropBeforeEffect, FaultKind.DropAfterEffect,
        FaultKind.ResetBeforeEffect, FaultKind.ResetAfterEffect, FaultKind.StatusBefore, FaultKind.StatusAfter, FaultKind.TooMany, FaultKind.TokenExpired, FaultKind.MalformedJson,
        FaultKind.TruncatedBody, FaultKind.WrongContentType, FaultKind.OkHttpBadStatus,
    ];

    /// <summary>A read has no effect: before and after are the same.</summary>
    private static readonly FaultKind[] OfReads =
    [
        FaultKind.Refuse, FaultKind.TimeoutBeforeEffect, FaultKind.DropBeforeEffect, FaultKind.ResetBeforeEffect, FaultKind.StatusBefore, FaultKind.TooMany, FaultKind.TokenExpired,
        FaultKind.MalformedJson,
    ];

    private static readonly (Path Path, string Vendor, string Operation)[] Writes =
    [
        (Path.Points, "sevenrooms", "book"), (Path.Points, "memberson", "redeem-point"), (Path.Points, "mail", "send"),
        (Path.Quay, "quaybook", "create-booking"),
        (Path.ItemByPoints, "memberson", "redeem-point"), (Path.ItemByCard, "stripe", "capture-intent"),
        (Path.Card, "stripe", "create-session"), (Path.Card, "sevenrooms", "book"), (Path.Card, "stripe", "capture-intent"),
        (Path.GiveUp, "stripe", "expire-session"), (Path.SeatGone, "stripe", "cancel-intent"), (Path.PointsGone, "sevenrooms", "cancel"),
        (Path.CancelCard, "sevenrooms", "cancel"), (Path.CancelCard, "stripe", "create-refund"), (Path.CancelQuay, "quaybook", "cancel-booking"),
    ];

    private static readonly (Path Path, string Vendor, string Operation, string? After)[] Reads =
    [
        (Path.Points, "sevenrooms", "auth", "book"), (Path.Points, "memberson", "token", "redeem-point"), (Path.Quay, "quaybook", "token", "create-booking"),
        (Path.Points, "sevenrooms", "reservations", "book"), (Path.Points, "memberson", "transactions", "redeem-point"), (Path.Quay, "quaybook", "find-bookings", "create-booking"),
        (Path.Approval, "sevenrooms", "reservations", null),
        (Path.Card, "stripe", "session", null), (Path.Card, "stripe", "intent", "capture-intent"), (Path.SeatGone, "stripe", "intent", "cancel-intent"),
        (Path.GiveUp, "stripe", "session", "expire-session"), (Path.CancelCard, "stripe", "refunds", "create-refund"),
        (Path.CancelCard, "sevenrooms", "reservations", "cancel"), (Path.CancelQuay, "quaybook", "find-bookings", null),
    ];

    public static IEnumerable<Case> OfWrite => from call in Writes from kind in OfWrites select new Case(call.Path, call.Vendor, call.Operation, kind);

    public static IEnumerable<Case> OfRead =>
        from call in Reads from kind in OfReads select new Case(call.Path, call.Vendor, call.Operation, kind, call.After is null ? null : (call.After, MadeAfter(call.Operation)));

    /// <summary>A token is asked for when the one at hand is no longer taken; a lookup is made when the outcome of a write is not known.</summary>
    private static FaultKind MadeAfter(string operation) => operation is "auth" or "token" ? FaultKind.TokenExpired : FaultKind.StatusAfter;

    /// <summary>Which of the two the real vendor does is not known.</summary>
    public static IEnumerable<Case> OfReceiptsThatAreNotUnique => from kind in OfWrites select new Case(Path.Points, "memberson", "redeem-point", kind, Dedupes: false);

    /// <summary>Webhooks are hints: lost, late, doubled, overtaken or forged, only the speed changes.</summary>
    public static IEnumerable<Case> OfWebhook =>
        from path in new[] { Path.Card, Path.Approval }
        from kind in new[] { FaultKind.DuplicateWebhook, FaultKind.ReorderedWebhook, FaultKind.LateWebhook, FaultKind.ForgedWebhook, FaultKind.LostWebhook }
        select new Case(path, path == Path.Card ? "stripe" : "sevenrooms", "*", kind);

    /// <summary>Random pairs: a case of the matrix, and any fault of any other call that is made on the same way.</summary>
    public static IEnumerable<Case> Pairs(int count, int seed)
    {
#pragma warning disable CA5394 // Repeatable by its seed, and no secret.
        var random = new Random(seed);
        Case[] firsts = [.. OfWrite, .. OfRead, .. OfReceiptsThatAreNotUnique];
        for (var number = 0; number < count; number++)
        {
            var first = firsts[random.Next(firsts.Length)];
            var others = Writes.Where(call => call.Path == first.Path).Select(call => (call.Vendor, call.Operation, Kinds: OfWrites))
                .Concat(Reads.Where(call => call.Path == first.Path).Select(call => (call.Vendor, call.Operation, Kinds: OfReads))).ToArray();
            var (vendor, operation, kinds) = others[random.Next(others.Length)];
            yield return first with { Second = (vendor, operation, kinds[random.Next(kinds.Length)]) };
        }
#pragma warning restore CA5394
    }

    public static IReadOnlyList<Case> All => [.. OfWrite, .. OfRead, .. OfReceiptsThatAreNotUnique, .. OfWebhook];
}
