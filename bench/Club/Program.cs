using System.Diagnostics;
using System.Globalization;
using Rialto.Bench.Club;

// The club under load, over HTTP, against a host in demo mode and its simulators:
//   RIALTO_DEMO=on RIALTO_DEMO_PASSWORD=demo-password-1 artifacts/bin/Host/release/rialto   (prints the simulators' addresses)
//   artifacts/bin/Bench.Club/release/Rialto.Bench.Club pages    http://localhost:8080 http://127.0.0.1:9100 demo-password-1
//   artifacts/bin/Bench.Club/release/Rialto.Bench.Club bookings http://localhost:8080 http://127.0.0.1:9100 demo-password-1 300 30 [5]
//   artifacts/bin/Bench.Club/release/Rialto.Bench.Club away     http://localhost:8080 http://127.0.0.1:9100 demo-password-1 timeout-before-effect      what a member waits while the booking vendor fails like this
//   artifacts/bin/Bench.Club/release/Rialto.Bench.Club guards [part of a name]...  removes each guard of bench/Club/guards.txt and expects red
if (args is ["guards", ..])
{
    var folder = Directory.GetCurrentDirectory();
    var list = Guard.Read(Path.Combine(folder, "bench", "Club", "guards.txt"))
        .Where(guard => args.Length < 2 || args[1..].Any(part => guard.Name.Contains(part, StringComparison.OrdinalIgnoreCase))).ToList();
    using var guards = new Guards(folder, Path.Combine(Path.GetTempPath(), "rialto-guards"));
    return await guards.RunAsync(list) ? 0 : 1;
}
//   artifacts/bin/Bench.Club/release/Rialto.Bench.Club faults 2000 [seed]           two faults at once, at random, judged by what the vendors have really done
//   artifacts/bin/Bench.Club/release/Rialto.Bench.Club outage 5000                  six hours (virtual) without the booking vendor, then the drain
// These three play the tests' own worlds: build tests/Club.Tests first, and run them from the root of the sources.
if (args is ["faults", var pairs, ..])
    return await LongTest.RunAsync("FaultTests.Pairs_of_faults_end_whole", ("RIALTO_PAIRS", pairs), ("RIALTO_SEED", args.Length > 2 ? args[2] : "1"));
if (args is ["outage", var queued])
    return await LongTest.RunAsync("LongOutageTests.Six_hours_of_outage_are_drained_in_order_and_once_and_every_promise_is_kept_or_told", ("RIALTO_QUEUED", queued));
if (args.Length < 4)
{
    Console.Error.WriteLine("pages|bookings|away HOST CONTROL PASSWORD [bookings a second, or how the vendor fails] [seconds] [vendors' milliseconds]");
    return 2;
}
using var club = await Members.SignInAsync(new Uri(args[1]), new Uri(args[2]), args[3], count: 300);
Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} cores, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, 300 members signed in, load and host on one machine"));
switch (args[0])
{
    case "pages":
        // Baseline: a published student build of the same product took 324 ms cached and 7,425 ms uncached for 300 users.
        await club.LatencyAsync(300);
        Report("cold: profile, list, experience", await club.AllAtOnceAsync());
        for (var round = 1; round <= 5; round++) Report($"warm {round}: profile, list, experience", await club.AllAtOnceAsync());
        await club.LatencyAsync(null);
        return 0;
    case "bookings":
        var rate = args.Length > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : 300;
        var seconds = args.Length > 5 ? int.Parse(args[5], CultureInfo.InvariantCulture) : 30;
        int? milliseconds = args.Length > 6 ? int.Parse(args[6], CultureInfo.InvariantCulture) : null;
        await club.LatencyAsync(milliseconds);
        // A host that has just been started compiles what it runs often only after a while: that is not what is measured.
        var (warming, _) = await club.BookAsync(50, 10);
        var before = await club.SettledAsync();
        Console.WriteLine(FormattableString.Invariant($"warmed up by {warming.Count} bookings; vendors take {milliseconds ?? 0} ms more than their own time for each call"));
        var cpu = CpuSeconds.Now();
        var began = Stopwatch.GetTimestamp();
        var (times, answers) = await club.BookAsync(rate, seconds);
        var answered = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Report($"bookings at {rate} a second for {seconds} s", times);
        Console.WriteLine($"answers: {string.Join(", ", answers.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} x {pair.Value}"))}");
        Console.WriteLine($"when the last was answered {await club.ConfirmedAsync() - before} were confirmed at Memberson");
        // What was promised is work that is still to be done: it belongs to the price of a booking.
        while (await club.ConfirmedAsync() - before < times.Count && Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(5)) await Task.Delay(1_000);
        var confirmed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        CpuSeconds.Report(cpu, CpuSeconds.Now(), confirmed, times.Count);
        var settled = await club.SettledAsync() - before;
        Console.WriteLine(FormattableString.Invariant($"answered after {answered:F1} s, that is {times.Count / answered:F0} a second; {settled} confirmed at Memberson for {times.Count} asked, after {confirmed:F0} s"));
        await club.LatencyAsync(null);
        return 0;
    case "away":
        var kind = args.Length > 4 ? args[4] : "refuse";
        await club.OneByOneAsync(50, book: true);
        Report("all vendors up: bookings", await club.OneByOneAsync(100, book: true));
        var settledBefore = await club.SettledAsync();
        await club.BreakAsync(kind);
        var first = await club.UntilBreakerOpensAsync(100);
        Report($"sevenrooms {kind}: the bookings until its breaker opened", first);
        Report($"sevenrooms {kind}: the next hundred", await club.OneByOneAsync(100, book: true));
        Report($"sevenrooms {kind}: experience page", await club.OneByOneAsync(50, book: false));
        await club.BreakAsync(null);
        var back = Stopwatch.GetTimestamp();
        while (await club.ConfirmedAsync() - settledBefore < first.Count + 100 && Stopwatch.GetElapsedTime(back) < TimeSpan.FromMinutes(5)) await Task.Delay(100);
        var after = Stopwatch.GetElapsedTime(back).TotalSeconds;
        Console.WriteLine(FormattableString.Invariant($"up again: of these {first.Count + 100} bookings {await club.SettledAsync() - settledBefore} confirmed at Memberson after {after:F0} s"));
        return 0;
    default:
        Console.Error.WriteLine($"There is no scenario {args[0]}.");
        return 2;
}

static void Report(string what, List<double> times)
{
    times.Sort();
    double At(double share) => times[Math.Min(times.Count - 1, (int)(times.Count * share))];
    Console.WriteLine(FormattableString.Invariant($"{what}: {times.Count} requests, p50 {At(0.5):F0} ms, p95 {At(0.95):F0} ms, p99 {At(0.99):F0} ms, longest {times[^1]:F0} ms"));
}
