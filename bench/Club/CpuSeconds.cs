using System.Globalization;

namespace Rialto.Bench.Club;

/// <summary>What each program of this machine has used of its processors, children of one name together.</summary>
internal static class CpuSeconds
{
    /// <summary>Of /proc: clock ticks of 10 ms.</summary>
    private const double TicksASecond = 100;

    public static IReadOnlyDictionary<string, double> Now()
    {
        var used = new Dictionary<string, double>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                var text = File.ReadAllText(Path.Combine(folder, "stat"));
                var name = text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..text.LastIndexOf(')')];
                // After the name, from the state on: user and system time are the 12th and 13th.
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                used[name] = used.GetValueOrDefault(name) + (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksASecond;
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }
        return used;
    }

    public static void Report(IReadOnlyDictionary<string, double> before, IReadOnlyDictionary<string, double> after, double seconds, int bookings)
    {
        var used = after.Select(pair => (Name: pair.Key, Seconds: pair.Value - before.GetValueOrDefault(pair.Key))).Where(one => one.Seconds > 0.05).OrderByDescending(one => one.Seconds).ToList();
        var most = seconds * Environment.ProcessorCount;
        foreach (var (name, of) in used) Console.WriteLine(FormattableString.Invariant($"  cpu {name,-18} {of,7:F1} s, {of * 1000 / bookings,6:F2} ms a booking"));
        var all = used.Sum(one => one.Seconds);
        Console.WriteLine(FormattableString.Invariant($"  cpu of all {all:F1} s of {most:F1} s that the machine has ({all / most:P0}), {all * 1000 / bookings:F2} ms a booking"));
    }
}
