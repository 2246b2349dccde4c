using System.Diagnostics;
using System.Globalization;

namespace Rialto.Bench.Forecast;

/// <summary>What the demo's own loads and training cost on a first start, with all modules and everything that keeps the demo busy: processor of the host while the training runs, and as long afterwards.</summary>
internal static class DemoStart
{
    public static async Task RunAsync()
    {
        var clock = Stopwatch.StartNew();
        await using var host = await RunningHost.StartAsync(busy: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready after {clock.Elapsed.TotalSeconds:F1} s"));
        await host.EndedAsync("loads");
        var (begun, used) = (clock.Elapsed, host.Used());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"loads done after {begun.TotalSeconds:F1} s; processor so far: host {used.Host:F1} s, engines {used.Engines:F1} s"));
        var job = await host.EndedAsync("jobs");
        var (ended, then) = (clock.Elapsed, host.Used());
        await Task.Delay(ended - begun);
        var after = host.Used();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"training {job.GetProperty("state").GetString()} after {ended.TotalSeconds:F1} s, it took {(ended - begun).TotalSeconds:F1} s; processor of the host meanwhile {then.Host - used.Host:F1} s, in as many seconds afterwards {after.Host - then.Host:F1} s"));
    }
}
